//! Judges whether a change is compatible, by its effect and its direction.
//!
//! A change has an *effect* on the set of messages that the document allows. The messages
//! have a *direction*. The new service must not ask callers for more than the
//! old one did, and must not send them messages that the old document didn't allow:
//!
//! | effect | request | response |
//! |---|---|---|
//! | none | compatible | compatible |
//! | widens | compatible | **breaking** |
//! | narrows | **breaking** | compatible |
//! | incomparable | **breaking** | **breaking** |
//! | unknown | **breaking** | **breaking** |
//!
//! A "request" is a message from the caller, and a "response" is a message from the
//! service. In a callback the service sends the HTTP request, so there the HTTP request is
//! a "response".

use serde::Serialize;

/// The effect of a change on the set of allowed messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The change alters no message: exactly those allowed before are allowed after it.
    None,
    /// Some messages are no longer allowed.
    Narrows,
    /// Some messages are newly allowed.
    Widens,
    /// Some messages are newly allowed, and others are no longer allowed.
    Incomparable,
    /// The documents don't say which messages are allowed.
    Unknown,
}

impl Effect {
    /// Returns the word for the effect in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Narrows => "narrows",
            Self::Widens => "widens",
            Self::Incomparable => "incomparable",
            Self::Unknown => "unknown",
        }
    }
}

/// The direction of a message, by its sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The caller sends the message.
    Request,
    /// The service sends the message.
    Response,
}

impl Direction {
    /// Both directions, in the order in which reports list them.
    pub const BOTH: [Self; 2] = [Self::Request, Self::Response];

    /// Returns the opposite direction.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
        }
    }

    /// Returns the word that rule ids start with.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// The meaning of a change for the service's callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Only readers of the document notice the change.
    DocOnly,
    /// Callers that worked before still work.
    Compatible,
    /// Callers that worked before may fail.
    Breaking,
}

impl Class {
    /// Returns the word for the class in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::DocOnly => "doc-only",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// An exception to the table above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exception {
    /// No exception.
    None,
    /// Callers choose among the variants of a response (status, media type, header). A new
    /// variant adds a choice, and a removed variant takes one away, so the change is judged
    /// like a change of a request.
    Negotiated,
    /// The service promises no error status, so a change of error statuses breaks nobody.
    ErrorStatus,
}

/// Returns the class of a change, by its effect and the direction of the messages.
#[must_use]
pub const fn judge(effect: Effect, direction: Direction, exception: Exception) -> Class {
    let direction = match exception {
        Exception::None => direction,
        Exception::Negotiated => Direction::Request,
        Exception::ErrorStatus => return Class::Compatible,
    };
    match (effect, direction) {
        (Effect::None, _)
        | (Effect::Widens, Direction::Request)
        | (Effect::Narrows, Direction::Response) => Class::Compatible,
        (Effect::Narrows, Direction::Request)
        | (Effect::Widens, Direction::Response)
        | (Effect::Incomparable | Effect::Unknown, _) => Class::Breaking,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EFFECTS: [Effect; 5] = [
        Effect::None,
        Effect::Narrows,
        Effect::Widens,
        Effect::Incomparable,
        Effect::Unknown,
    ];

    fn mirrored(effect: Effect) -> Effect {
        match effect {
            Effect::Narrows => Effect::Widens,
            Effect::Widens => Effect::Narrows,
            same => same,
        }
    }

    #[test]
    fn request_and_response_mirror_each_other() {
        for effect in EFFECTS {
            assert_eq!(
                judge(effect, Direction::Request, Exception::None),
                judge(mirrored(effect), Direction::Response, Exception::None),
            );
        }
    }

    #[test]
    fn negotiated_variants_are_judged_alike_in_both_directions() {
        for effect in EFFECTS {
            let [request, response] =
                Direction::BOTH.map(|direction| judge(effect, direction, Exception::Negotiated));
            assert_eq!(request, response);
        }
    }

    #[test]
    fn error_statuses_never_break() {
        for effect in EFFECTS {
            for direction in Direction::BOTH {
                let class = judge(effect, direction, Exception::ErrorStatus);
                assert_eq!(class, Class::Compatible);
            }
        }
    }
}
