//! The way a message travelled.

use gorgias_api::types::{CreateSource, SourceType};

use super::Contact;

/// How a message travelled: the kind of addresses, where it came from and
/// where it went.
///
/// For an outgoing e-mail `from` must be the address of an e-mail integration
/// of the helpdesk. For chat, `to` is the visitor's id.
#[derive(Clone)]
#[must_use]
pub struct Source(pub(crate) CreateSource);

impl Source {
    /// A way by addresses of this kind.
    pub fn new(kind: impl Into<SourceType>) -> Self {
        let mut source = CreateSource::default();
        source.type_ = Some(kind.into());
        Self(source)
    }

    /// Sets where the message came from.
    pub fn from(mut self, from: impl Into<Contact>) -> Self {
        self.0.from = Some(from.into().into_address());
        self
    }

    /// Adds an addressee.
    pub fn to(mut self, to: impl Into<Contact>) -> Self {
        let to = to.into().into_address();
        self.0.to.get_or_insert_with(Vec::new).push(to);
        self
    }

    /// Adds somebody who gets a copy.
    pub fn cc(mut self, cc: impl Into<Contact>) -> Self {
        let cc = cc.into().into_address();
        self.0.cc.get_or_insert_with(Vec::new).push(cc);
        self
    }

    /// Adds somebody who gets a copy unseen by the others.
    pub fn bcc(mut self, bcc: impl Into<Contact>) -> Self {
        let bcc = bcc.into().into_address();
        self.0.bcc.get_or_insert_with(Vec::new).push(bcc);
        self
    }
}

crate::ticket::stands_for!(Source: CreateSource);
