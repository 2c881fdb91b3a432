//! How requests leave.
//!
//! A client sends over the network unless it is given another transport with
//! [`ClientBuilder::transport`](crate::ClientBuilder::transport), or a tower
//! service with [`ClientBuilder::service`](crate::ClientBuilder::service).

mod network;
mod outgoing;
mod paced;
mod proxy;
mod service;
mod tls;

pub use gorgias_api::support::transport::{
    Deadline, Phase, Transport, TransportError, TransportFuture,
};

pub(crate) use self::network::{network, unconnected};
pub(crate) use self::outgoing::Outgoing;
pub(crate) use self::paced::{PacedTransport, pacer_outcome};
pub(crate) use self::proxy::Proxy;
pub(crate) use self::service::ServiceTransport;
