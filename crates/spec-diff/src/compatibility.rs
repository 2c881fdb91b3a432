//! Judges whether a change is compatible, by its effect and its direction.
//!
//! A change has an *effect* on the set of messages that the document allows, and these
//! messages have a *direction*. The new service must not ask callers for more than the
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
//! A "request" is a message that the caller sends, a "response" one that the service
//! sends. In a callback the service sends the HTTP request, so there the HTTP request
//! is a "response".

use serde::Serialize;

/// The effect of a change on the set of allowed messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The set is the same, although the document differs.
    None,
    /// Some messages are no longer allowed.
    Narrows,
    /// Some messages are newly allowed.
    Widens,
    /// Some messages are newly allowed, and others no longer are.
    Incomparable,
    /// The documents don't tell which messages are allowed.
    Unknown,
}

impl Effect {
    /// The word that stands for the effect in reports.
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
    /// Both directions, in the order they are reported in.
    pub const BOTH: [Self; 2] = [Self::Request, Self::Response];

    /// The opposite direction.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
        }
    }

    /// The word rule ids start with.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// What a change means for the service's callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Only the document changed; no caller notices.
    DocOnly,
    /// Callers that worked still work.
    Compatible,
    /// Callers that worked may fail.
    Breaking,
}

impl Class {
    /// The word used in every report.
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
    /// Callers choose among the variants of a response (status, media type,
    /// header). A new variant only adds a choice, and a removed one takes it
    /// away, so the change is judged like one of a request.
    Negotiated,
    /// No error status is promised, so a change of them never breaks.
    ErrorStatus,
}

/// Judges an effect in a direction.
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
