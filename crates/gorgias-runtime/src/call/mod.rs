//! One call of an operation: builds the request, sends it in one or more
//! attempts, and returns the answer or an error. Start at [`execute`]; `draft`
//! builds the request, `run` is the loop of attempts, and `resend` says which
//! failures are repeated. `generated` is the part of generated calls that doesn't
//! depend on their operation, `raw` the call of any path.

mod combined_delivery;
mod context;
mod cursor;
mod draft;
mod execute;
mod generated;
mod hook;
mod json_body;
mod kept;
mod list;
mod options;
mod query;
mod raw;
mod request;
mod resend;
mod run;
mod time_limit;

pub use self::context::Context;
pub use self::cursor::cursor;
pub use self::draft::Draft;
pub use self::execute::{Reader, execute};
pub use self::generated::{Call, OperationCall, Pending};
pub use self::hook::{Hook, HookFuture};
pub use self::json_body::JsonBody;
pub use self::kept::{KeptBody, KeptForm};
pub use self::list::{List, ListStream, items, page_after, pages};
pub use self::options::CallOptions;
pub use self::raw::RawRequest;
pub use self::request::Request;
pub use self::time_limit::TimeLimit;
