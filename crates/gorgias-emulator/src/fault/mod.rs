//! Faults. `catalogue` lists them, `rule` says when one happens, and `rules` chooses the
//! rule that applies to a request. `run` runs an exchange with a fault. It uses
//! `connect`, `wire`, `answer`, `success`, `payload` and `list`, each of which changes
//! one part of the exchange.

mod answer;
mod catalogue;
mod connect;
mod faults;
mod info;
mod list;
mod payload;
mod rule;
mod rules;
mod run;
mod settings;
mod success;
mod text;
mod time;
mod window;
mod wire;

pub use catalogue::catalogue;
pub use info::{Applied, FaultInfo, Fidelity};
pub use rule::FaultRule;
pub use rules::ActiveFault;
pub use settings::{Fault, FaultId, UnknownFault};
pub use text::ParseFaultRuleError;

pub(crate) use faults::Faults;
pub(crate) use rule::ConnectionState;
pub(crate) use run::{Ending, run};
pub(crate) use wire::Plan;
