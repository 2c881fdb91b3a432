//! What generated code stands on. Nothing here knows an operation or a field.

mod body;
mod hooks;
pub mod validate;

pub use body::Body;
#[allow(unused_imports)]
pub(crate) use gorgias_runtime::support::{Effect, FromText, Method, Operation, lenient, shown};
pub use gorgias_runtime::{Unknown, transport};
pub use hooks::Inner;
pub(crate) use hooks::exec;
