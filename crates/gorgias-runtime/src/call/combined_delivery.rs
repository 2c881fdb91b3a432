//! The delivery of a write over all attempts of its call.

use crate::delivery::Delivery;
use crate::error::Error;

/// The delivery of a write after the attempts so far. A refusal proves only that
/// its own attempt changed nothing. If the delivery of an earlier attempt is
/// unknown, the delivery of the write stays unknown until a success or a look-up
/// settles it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CombinedDelivery(Option<Delivery>);

impl CombinedDelivery {
    /// Adds the error of one more attempt, and returns it with the delivery of
    /// all attempts.
    pub(super) fn after(&mut self, error: Error) -> Error {
        let delivery = match (self.0, error.delivery()) {
            (Some(Delivery::Applied), _) | (_, Delivery::Applied) => Delivery::Applied,
            (Some(Delivery::Unknown), _) | (_, Delivery::Unknown) => Delivery::Unknown,
            (_, delivery) => return error.with_delivery(delivery),
        };
        self.0 = Some(delivery);
        error.with_delivery(delivery)
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
            let mut combined = CombinedDelivery::default();
            let reset = combined.after(failed(TransportError::after_dispatch("reset")));
            assert_eq!(reset.delivery(), Delivery::Unknown);
            let refused = combined.after(answered(status));
            assert_eq!(refused.delivery(), Delivery::Unknown, "{status}");
            let unsent = combined.after(failed(TransportError::before_dispatch("refused")));
            assert_eq!(unsent.delivery(), Delivery::Unknown);
        }
    }

    #[test]
    fn what_was_applied_stays_applied() {
        let mut combined = CombinedDelivery::default();
        assert_eq!(combined.after(answered(204)).delivery(), Delivery::Applied);
        assert_eq!(combined.after(answered(502)).delivery(), Delivery::Applied);
        assert_eq!(combined.after(answered(404)).delivery(), Delivery::Applied);
    }

    #[test]
    fn refusals_alone_stay_refusals() {
        let mut combined = CombinedDelivery::default();
        assert_eq!(combined.after(answered(429)).delivery(), Delivery::Rejected);
        let unsent = combined.after(failed(TransportError::before_dispatch("refused")));
        assert_eq!(unsent.delivery(), Delivery::NotSent);
    }
}
