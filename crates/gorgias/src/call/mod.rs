//! One call: a request that was built, sent as often as needed, and answered.

mod options;
mod request;
mod resend;
mod run;
mod time_limit;

pub(crate) use self::options::{CallOptions, call_options};
pub(crate) use self::request::whole;
pub(crate) use self::run::{Call, Effect, Terms};
pub(crate) use self::time_limit::TimeLimit;
