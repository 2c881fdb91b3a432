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
        Self(CreateSource::new().type_(kind))
    }

    /// Sets where the message came from.
    pub fn from(self, from: impl Into<Contact>) -> Self {
        Self(self.0.from(from.into().into_address()))
    }

    /// Adds an addressee.
    pub fn to(mut self, to: impl Into<Contact>) -> Self {
        let to = to.into().into_address();
        self.0.to_mut().push(to);
        self
    }

    /// Adds somebody who gets a copy.
    pub fn cc(mut self, cc: impl Into<Contact>) -> Self {
        let cc = cc.into().into_address();
        self.0.cc_mut().push(cc);
        self
    }

    /// Adds somebody who gets a copy unseen by the others.
    pub fn bcc(mut self, bcc: impl Into<Contact>) -> Self {
        let bcc = bcc.into().into_address();
        self.0.bcc_mut().push(bcc);
        self
    }
}

crate::ticket::stands_for!(Source: CreateSource);
