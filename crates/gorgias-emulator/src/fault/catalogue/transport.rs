//! F: faults of connections.

use super::{AT_ONCE, FaultInfo, LIKELY, NEVER, approximate, faithful};
use crate::disconnect::DisconnectKind::{Handshake, Refused};
use crate::fault::connect::Connect;
use crate::fault::info::Action::{Connect as At, Slow, Wire as On};
use crate::fault::wire::{End, Wire};

/// A fatal alert, handshake_failure, in TLS 1.2 framing.
const ALERT: &[u8] = b"\x15\x03\x03\x00\x02\x02\x28";

const TWO_LENGTHS: &[u8] =
    b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\ncontent-length: 20\r\n\r\n{}";

#[rustfmt::skip]
pub(super) const ROWS: &[FaultInfo] = &[
    faithful("F1", "connect-refused", NEVER, At(Connect::Refuse),
        "Nobody listens for a while, so that connecting is refused."),
    approximate(faithful("F2", "dns-failure", NEVER, At(Connect::Refuse),
        "The name cannot be resolved."),
        "A server cannot do this: connecting is refused, as with F1."),
    approximate(faithful("F3", "connect-timeout", NEVER, At(Connect::Blackhole),
        "Connecting gets no answer."),
        "The queue of the port is full for a while; needs Linux."),
    faithful("F4", "tls-alert", NEVER, At(Connect::Answer(ALERT, Handshake)),
        "The TLS handshake ends with an alert; for clients that connect with https."),
    faithful("F4-corrupt", "tls-corrupt", NEVER, At(Connect::Answer(b"\x16\xff\xff these are not records", Handshake)),
        "The TLS handshake is answered with bytes that are not TLS."),
    faithful("F4-stall", "tls-stall", NEVER, At(Connect::TlsStall),
        "The TLS handshake is not answered."),
    faithful("F5", "close-before-request", NEVER, At(Connect::Close),
        "A fresh connection is closed before a request is read."),
    faithful("F6", "reset-before-request", NEVER, At(Connect::Reset),
        "A fresh connection is reset before a request is read."),
    faithful("F7", "read-then-close", LIKELY, On(Wire::Cut(b"", End::Close)),
        "The request is read, then the connection is closed."),
    faithful("F8", "read-then-reset", LIKELY, On(Wire::Cut(b"", End::Reset)),
        "The request is read, then the connection is reset."),
    faithful("F9", "reset-during-request", NEVER, At(Connect::PartialRead),
        "Part of the request is read, then the connection is reset."),
    approximate(faithful("F10", "reused-then-close", LIKELY, On(Wire::CutReused),
        "A further request on a kept connection is read, then the connection is closed."),
        "In process there are no connections: as F7."),
    approximate(faithful("F11", "close-unannounced", AT_ONCE, On(Wire::CloseAfterwards),
        "The answer is whole, then the connection is closed although it was to be kept."),
        "In process there are no connections: nothing happens."),
    faithful("F12", "no-response", LIKELY, On(Wire::Cut(b"", End::Stall)),
        "The request is read and never answered."),
    faithful("F13", "slow-head", AT_ONCE, Slow,
        "The answer is whole but late."),
    faithful("F14", "partial-head", LIKELY, On(Wire::Cut(b"HTTP/1.1 201 Cre", End::Close)),
        "The status line is cut, then the connection is closed."),
    faithful("F15", "garbage", LIKELY, On(Wire::Malformed(b"\x00\x9f\x92\x96 not http\r\n\r\n\xff")),
        "The answer is random bytes."),
    faithful("F16", "two-lengths", LIKELY, On(Wire::Malformed(TWO_LENGTHS)),
        "The answer has two different content lengths."),
    faithful("F17", "no-head", LIKELY, On(Wire::Malformed(b"<html>It works!</html>\n")),
        "The answer is a page without a status line, as in HTTP/0.9."),
    faithful("F18", "body-cut", AT_ONCE, On(Wire::HalfBody(End::Close)),
        "Half of a success's body comes, then the connection is closed."),
    faithful("F19", "body-reset", AT_ONCE, On(Wire::HalfBody(End::Reset)),
        "Half of a success's body comes, then the connection is reset."),
    faithful("F20", "body-stall", AT_ONCE, On(Wire::HalfBody(End::Stall)),
        "Half of a success's body comes, then nothing."),
    approximate(faithful("F21", "body-drip", AT_ONCE, On(Wire::Drip),
        "A success's body comes at one byte a second."),
        "In process it is a stall: bodies come whole there."),
    faithful("F22", "informational-only", LIKELY, On(Wire::Cut(b"HTTP/1.1 100 Continue\r\n\r\n", End::Stall)),
        "A 100 Continue comes, then nothing."),
    faithful("F23", "early-413", NEVER, At(Connect::TooLarge),
        "A 413 comes while the request is still being sent."),
    approximate(faithful("F24", "refused-stream", NEVER, At(Connect::Close),
        "HTTP/2 refuses the stream: the request was not processed."),
        "There is no HTTP/2 here: as F5, which says the same."),
    approximate(faithful("F25", "time-to-cancel", LIKELY, On(Wire::Cut(b"", End::Stall)),
        "The caller drops its future after the request went out."),
        "The caller has to do it: as F12, to give it time."),
    faithful("F26", "proxy-407", NEVER, At(Connect::Answer(b"HTTP/1.1 407 Refused\r\ncontent-length: 0\r\n\r\n", Refused)),
        "A proxy refuses CONNECT with 407; for clients that use the emulator as their proxy."),
    faithful("F26-502", "proxy-502", NEVER, At(Connect::Answer(b"HTTP/1.1 502 Refused\r\ncontent-length: 0\r\n\r\n", Refused)),
        "A proxy answers CONNECT with 502."),
];
