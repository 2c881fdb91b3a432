//! The limits of time and size for every call.

use std::time::Duration;

/// The longest timeout that is accepted. A day is longer than any useful
/// timeout, and can't overflow a clock.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Limits of time and size. Each is finite, so that no call can hang.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest that connecting may take, TLS handshake included.
    pub connect: Duration,
    /// The longest that one attempt may take, from connecting to the last byte
    /// of the response.
    pub attempt: Duration,
    /// The longest that a call may take, with all its attempts and waits. The
    /// wait for the rate limit before the first attempt counts only if the call
    /// has a timeout of its own.
    pub operation: Duration,
    /// The longest silence between two pieces of a response body.
    pub body_idle: Duration,
    /// The most bytes of a response body.
    pub response_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A lost SYN is sent again after 1 s, and a second one 2 s later. A
            // little above 3 s leaves time for both.
            connect: Duration::from_millis(3_100),
            attempt: Duration::from_secs(30),
            operation: Duration::from_secs(60),
            body_idle: Duration::from_secs(10),
            response_bytes: 16 * 1024 * 1024,
        }
    }
}

impl Limits {
    pub(crate) fn check(&self) -> Result<(), String> {
        check_timeout("connect", self.connect)?;
        check_timeout("attempt", self.attempt)?;
        check_timeout("operation", self.operation)?;
        check_timeout("body idle", self.body_idle)?;
        if self.response_bytes == 0 {
            return Err("the response size limit must be at least 1 byte".to_owned());
        }
        Ok(())
    }
}

/// Checks a timeout of a client or of a single call.
pub(crate) fn check_timeout(name: &str, timeout: Duration) -> Result<(), String> {
    if timeout.is_zero() || timeout > LONGEST {
        return Err(format!(
            "the {name} limit must be above zero and at most a day"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_allowed() {
        assert_eq!(Limits::default().check(), Ok(()));
    }

    #[test]
    fn limits_that_never_or_always_apply_are_refused() {
        let limits = Limits::default();
        for broken in [
            Limits {
                connect: Duration::ZERO,
                ..limits
            },
            Limits {
                attempt: Duration::MAX,
                ..limits
            },
            Limits {
                operation: Duration::from_secs(86_401),
                ..limits
            },
            Limits {
                body_idle: Duration::ZERO,
                ..limits
            },
            Limits {
                response_bytes: 0,
                ..limits
            },
        ] {
            assert!(broken.check().is_err(), "{broken:?}");
        }
    }
}
