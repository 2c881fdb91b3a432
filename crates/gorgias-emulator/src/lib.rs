#![doc = include_str!("../README.md")]
#![warn(
    missing_debug_implementations,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use
)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod account;
mod admin;
mod assertions;
mod auth;
mod builder;
mod clock;
mod connection;
mod disconnect;
mod document;
mod emulator;
mod fault;
mod http;
mod ids;
mod limit;
mod log;
mod operations;
mod routes;
mod server;
mod service;
mod store;
mod strictness;
mod timestamp;
mod view;

pub use builder::{BuildError, EmulatorBuilder};
pub use clock::Clock;
pub use disconnect::{Disconnect, DisconnectKind, DisconnectStage};
pub use emulator::Emulator;
pub use fault::{
    ActiveFault, Applied, Fault, FaultId, FaultInfo, FaultRule, Fidelity, ParseFaultRuleError,
    UnknownFault, catalogue,
};
pub use limit::{LimiterModel, ParseRateLimitError, RateLimit, RetryAfter};
pub use log::{Exchange, LoggedAuth};
pub use operations::{OperationInfo, operations};
pub use server::Server;
pub use service::EmulatorService;
pub use store::LoadError;
pub use strictness::{
    EmailSource, ErrorData, ExternalIdMatch, Presence, RepeatedSlashes, Strictness, UnknownKeys,
    UnknownParameters, UnknownTags,
};
