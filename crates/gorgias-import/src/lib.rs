#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(
    missing_debug_implementations,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use
)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod dry_run;
mod echo;
mod files;
mod halted;
mod line;
mod meter;
mod notice;
mod observer;
mod report;
mod run;
mod seen;
mod summary;
mod warnings;

pub use self::halted::{Halted, Reason};
pub use self::line::{InvalidRules, Rules, nearest_value, would_be_sent};
pub use self::notice::Notice;
pub use self::observer::{AuditProgress, Finding, Observer, ObserverError, Phase, Progress};
pub use self::report::{LineOutcome, LineReport, Problem, Rejection, RejectionReason};
pub use self::run::Import;
pub use self::summary::{Ended, Summary};
