//! Internals for the generated client and for `gorgias`.
//!
//! This module is outside of semantic versioning, because those two crates
//! depend on an exact version of this crate.

pub use bytes;
pub use bytes::Bytes;
pub use http;
pub use http::Method;
pub use tower_service::Service;

pub use crate::call::{
    Call, CallOptions, Context, Draft, Hook, HookFuture, KeptBody, KeptForm, List, OperationCall,
    Reader, Request, TimeLimit, cursor, execute, items, page_after, pages,
};
pub use crate::connection::Connection;
pub use crate::delivery::hex;
pub use crate::member::Member;
pub use crate::network::Proxy;
pub use crate::operation::{Effect, Operation};
pub use crate::response::content::without_bom;
pub use crate::response::{
    Unreadable, bytes as read_bytes, json as read_json, json_if_any as read_json_if_any,
    list as read_list, nothing as read_nothing,
};
pub use crate::retry::{Backoff, Cause};
pub use crate::settings::{Base, Login, Settings};
pub use crate::transport::ServiceTransport;
pub use crate::unknown::FromText;
#[cfg(feature = "blocking")]
pub use crate::worker::Worker;
pub use crate::{call_type, response_type, shown_type};

/// Lenient readers for responses.
pub mod lenient {
    pub use crate::lenient::{
        Broken, Fill, Lenient, Object, Source, deserialize, object, parse_datetime, read, strict,
        text,
    };
}

/// `Debug` without personal data.
pub mod shown {
    pub use crate::shown::{Shown, object, serialized, text, wrapped};
}

/// Events for logs and traces.
pub mod trace {
    pub use crate::trace::{duplicates, left_in_doubt, looking};
}

/// Checks of requests.
pub mod validate {
    pub use crate::validate::{
        Checked, Field, Format, Found, Pattern, PrivateAddress, Rule, Violation, Violations, check,
        examine, repeated,
    };
}
