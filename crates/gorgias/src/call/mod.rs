//! One call: a request that was built, sent as often as needed, and answered.

mod options;
mod request;
mod resend;
mod run;

pub(crate) use self::options::{CallOptions, call_options};
pub(crate) use self::request::whole;
pub(crate) use self::run::{Call, Effect};
