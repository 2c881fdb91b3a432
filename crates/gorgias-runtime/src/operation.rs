//! What is known of an operation before it is called.

use http::Method;

/// What a request does at the service, which decides when it may be sent
/// again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing. It may be repeated freely.
    Read,
    /// Something, each time it arrives. It is sent again only when it provably
    /// was not applied.
    Write,
    /// Something that is the same however often it arrives. It may be repeated
    /// like a read, and its fate matters like that of a write.
    Idempotent,
}

impl Effect {
    /// What a method promises: GET and HEAD read, all others write. PUT and
    /// DELETE are no exceptions, since a method proves nothing.
    #[must_use]
    pub fn of(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD => Self::Read,
            _ => Self::Write,
        }
    }

    /// Whether the fate of a request matters to whoever sent it.
    #[must_use]
    pub fn is_write(self) -> bool {
        self != Self::Read
    }
}

/// An operation of the service.
#[derive(Debug)]
pub struct Operation {
    id: Option<&'static str>,
    method: Method,
    template: Option<&'static str>,
    effect: Effect,
}

impl Operation {
    /// An operation of the document: its id, its method, its path with
    /// parameters in braces, and what it does.
    #[must_use]
    pub const fn new(
        id: &'static str,
        method: Method,
        template: &'static str,
        effect: Effect,
    ) -> Self {
        Self {
            id: Some(id),
            method,
            template: Some(template),
            effect,
        }
    }

    /// A request that no document describes.
    #[must_use]
    pub fn undescribed(method: Method) -> Self {
        Self {
            id: None,
            effect: Effect::of(&method),
            method,
            template: None,
        }
    }

    /// Whether it makes something that its answer has to name.
    pub(crate) fn creates(&self) -> bool {
        self.id.is_some_and(|id| id.starts_with("create_"))
    }

    /// Its id in the document.
    #[must_use]
    pub fn id(&self) -> Option<&'static str> {
        self.id
    }

    /// The method of its requests.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Its path with parameters in braces.
    #[must_use]
    pub fn template(&self) -> Option<&'static str> {
        self.template
    }

    /// What it does.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effect
    }
}
