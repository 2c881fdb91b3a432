//! The one law every verdict follows: effect × direction.
//!
//! A change has an *effect* on the set of messages the document allows, and a
//! *direction* those messages travel in. A sender may not be asked for more
//! than it was, and a receiver may not be handed more than it was told of:
//!
//! | effect | request | response |
//! |---|---|---|
//! | none | compatible | compatible |
//! | widens | compatible | **breaking** |
//! | narrows | **breaking** | compatible |
//! | incomparable | **breaking** | **breaking** |
//! | unknown | **breaking** | **breaking** |
//!
//! Here "request" is whatever the caller sends and "response" whatever the
//! service sends, so the two trade places inside a callback.

use serde::Serialize;

/// What a change does to the set of messages that are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The set stays as it is, though the change can be seen.
    None,
    /// Messages that were allowed no longer are.
    Narrows,
    /// Messages are allowed that were not.
    Widens,
    /// Both: some come, some go.
    Incomparable,
    /// It can't be told from the documents.
    Unknown,
}

/// Who sends the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The caller does.
    Request,
    /// The service does.
    Response,
}

impl Direction {
    /// Both directions, in the order they are reported in.
    pub const BOTH: [Self; 2] = [Self::Request, Self::Response];

    /// The other one.
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
    /// Only the document changed: no caller can tell.
    DocOnly,
    /// Callers that worked go on working.
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

/// What stands between an effect and its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Nothing does.
    None,
    /// Callers pick among the variants of a response (status, media type,
    /// header), so a new one is an offer and a lost one is a loss: the change
    /// is judged as a request's.
    Negotiated,
    /// Error statuses are promised by nobody: the effect is void.
    ErrorStatus,
}

/// The verdict on an effect in a direction.
#[must_use]
pub const fn judge(effect: Effect, direction: Direction, guard: Guard) -> Class {
    let direction = match guard {
        Guard::None => direction,
        Guard::Negotiated => Direction::Request,
        Guard::ErrorStatus => return Class::Compatible,
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
                judge(effect, Direction::Request, Guard::None),
                judge(mirrored(effect), Direction::Response, Guard::None),
            );
        }
    }

    #[test]
    fn negotiated_variants_are_judged_alike_in_both_directions() {
        for effect in EFFECTS {
            let [request, response] =
                Direction::BOTH.map(|direction| judge(effect, direction, Guard::Negotiated));
            assert_eq!(request, response);
        }
    }

    #[test]
    fn error_statuses_never_break() {
        for effect in EFFECTS {
            for direction in Direction::BOTH {
                let class = judge(effect, direction, Guard::ErrorStatus);
                assert_eq!(class, Class::Compatible);
            }
        }
    }
}
