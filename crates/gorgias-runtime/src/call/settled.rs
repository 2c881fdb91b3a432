//! What earlier attempts of a call leave behind.

use crate::delivery::Delivery;
use crate::error::Error;

/// What is known of a write by the attempts so far. A refusal proves that its
/// own attempt changed nothing, and nothing of the attempts before: only a
/// success, or a look at the service, settles those.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Settled(Option<Delivery>);

impl Settled {
    /// The error of one more attempt, with the fate of all of them.
    pub(super) fn after(&mut self, error: Error) -> Error {
        let fate = match (self.0, error.delivery()) {
            (Some(Delivery::Applied), _) | (_, Delivery::Applied) => Delivery::Applied,
            (Some(Delivery::Unknown), _) | (_, Delivery::Unknown) => Delivery::Unknown,
            (_, fate) => return error.with_delivery(fate),
        };
        self.0 = Some(fate);
        error.with_delivery(fate)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::credentials::Credentials;
    use crate::transport::TransportError;

    fn answered(status: u16) -> Error {
        let response = http::Response::builder().status(status);
        let response = response.body(Bytes::new()).unwrap();
        Error::of_response(&response, &Credentials::bearer("token").unwrap())
    }

    fn failed(failure: TransportError) -> Error {
        Error::transport(failure, &Credentials::bearer("token").unwrap())
    }

    #[test]
    fn no_refusal_lowers_an_unknown_fate() {
        for status in [400, 401, 404, 409, 429] {
            let mut settled = Settled::default();
            let reset = settled.after(failed(TransportError::after_dispatch("reset")));
            assert_eq!(reset.delivery(), Delivery::Unknown);
            let refused = settled.after(answered(status));
            assert_eq!(refused.delivery(), Delivery::Unknown, "{status}");
            let unsent = settled.after(failed(TransportError::before_dispatch("refused")));
            assert_eq!(unsent.delivery(), Delivery::Unknown);
        }
    }

    #[test]
    fn what_was_applied_stays_applied() {
        let mut settled = Settled::default();
        assert_eq!(settled.after(answered(204)).delivery(), Delivery::Applied);
        assert_eq!(settled.after(answered(502)).delivery(), Delivery::Applied);
        assert_eq!(settled.after(answered(404)).delivery(), Delivery::Applied);
    }

    #[test]
    fn refusals_alone_stay_refusals() {
        let mut settled = Settled::default();
        assert_eq!(settled.after(answered(429)).delivery(), Delivery::Rejected);
        let unsent = settled.after(failed(TransportError::before_dispatch("refused")));
        assert_eq!(unsent.delivery(), Delivery::NotSent);
    }
}
