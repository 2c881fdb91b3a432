//! Re-exports the parts of `gorgias-runtime` that generated code uses.
//!
//! `cargo xtask regen --spec` copies this folder into the crate that it generates
//! from another document. So nothing here may depend on an operation or a field
//! of the Gorgias API.

pub mod validate;

#[allow(unused_imports)]
pub(crate) use gorgias_runtime::support::{
    Bytes, Call, Connection, Draft, Effect, FromText, KeptBody, KeptForm, List, Member, Method,
    Operation, call_type, cursor, items, lenient, page_after, pages, read_bytes, read_json,
    read_json_if_any, read_list, read_nothing, response_type, shown, shown_type,
};
#[allow(unused_imports)]
pub(crate) use gorgias_runtime::{
    Error, JsonBody, ListStream, Pending, Response, RetryPolicy, Unknown,
    pacer::Lane,
    transport::{Body as RequestBody, Multipart},
};
