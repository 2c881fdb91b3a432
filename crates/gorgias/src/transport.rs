//! The transport, which sends the requests of a client.
//!
//! A client sends over the network unless it is given another transport with
//! [`ClientBuilder::transport`](crate::ClientBuilder::transport), or a tower
//! service with [`ClientBuilder::service`](crate::ClientBuilder::service).

pub use gorgias_runtime::transport::{
    Body, Deadline, Multipart, Phase, Transport, TransportError, TransportFuture, buffered,
};
