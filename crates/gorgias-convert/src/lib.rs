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

mod conversation;
mod conversion;
mod csv_export;
mod defaults;
mod error;
mod input;
mod map;
mod notice;
mod observer;
mod render;
mod store;
mod summary;
mod template;
mod time;
mod value_counts;
mod zendesk;

pub use self::conversion::Conversion;
pub use self::error::Error;
pub use self::map::{InvalidMap, Map};
pub use self::notice::{Notice, NoticeKind};
pub use self::observer::Observer;
pub use self::summary::Summary;

const _: () = {
    const fn crosses_threads<T: Send + Sync + 'static>() {}
    crosses_threads::<Conversion>();
    crosses_threads::<Error>();
    crosses_threads::<InvalidMap>();
    crosses_threads::<Map>();
    crosses_threads::<Notice>();
    crosses_threads::<Summary>();
};
