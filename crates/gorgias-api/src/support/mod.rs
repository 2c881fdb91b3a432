//! What generated code stands on. Nothing here knows an operation or a field.

mod body;
mod hooks;
// Code generated from another document may need what this one does not.
#[allow(dead_code)]
pub(crate) mod lenient;
pub(crate) mod shown;
pub mod transport;
mod unknown;
pub mod validate;

pub use body::Body;
pub use hooks::Inner;
pub(crate) use hooks::exec;
pub(crate) use unknown::FromText;
pub use unknown::Unknown;
