//! One call of an operation: a request that is sent as often as needed, and
//! its answer. Start at [`execute`].

mod context;
mod draft;
mod execute;
mod generated;
mod hook;
mod json_body;
mod kept;
mod list;
mod options;
mod request;
mod resend;
mod run;
mod settled;
mod time_limit;

pub use self::context::Context;
pub use self::draft::Draft;
pub use self::execute::{Reader, execute, execute_within};
pub use self::generated::{Call, Pending};
pub use self::hook::{Hook, HookFuture};
pub use self::json_body::JsonBody;
pub use self::kept::{KeptBody, KeptForm};
pub use self::list::{List, ListStream, cursor, items, page_after, pages};
pub use self::options::CallOptions;
pub use self::request::Request;
pub use self::time_limit::TimeLimit;
