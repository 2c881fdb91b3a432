//! Faults: what goes wrong, for which requests, and how.

mod answer;
mod catalogue;
mod connect;
mod info;
mod list;
mod payload;
mod rule;
mod run;
mod script;
mod spec;
mod success;
mod text;
mod time;
mod window;
mod wire;

pub use catalogue::catalogue;
pub use info::{Applied, FaultInfo, Fidelity};
pub use rule::FaultRule;
pub use script::{ActiveFault, FaultId};
pub use spec::{Fault, UnknownFault};
pub use text::ParseFaultRuleError;

pub(crate) use rule::{Candidate, Connection};
pub(crate) use run::{AtConnect, Outcome, run};
pub(crate) use script::Script;
pub(crate) use wire::Plan;
