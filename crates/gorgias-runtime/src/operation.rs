//! The description of an operation: id, method, path template and effect.

use http::Method;

/// Whether a request changes something at the service. The effect decides when the
/// request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The request changes nothing. It may be repeated after any failure.
    Read,
    /// The request changes something each time it arrives. It is sent again
    /// only when it was provably not applied.
    Write,
    /// The request changes something, and sending it twice has the same effect
    /// as sending it once. It may be repeated like a read, and its errors report
    /// the delivery like those of a write.
    Idempotent,
}

impl Effect {
    /// Returns the effect that is assumed for a method: GET and HEAD read, all
    /// others write. PUT and DELETE count as writes too, because the method
    /// doesn't prove that the service treats them as idempotent.
    #[must_use]
    pub fn of(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD => Self::Read,
            _ => Self::Write,
        }
    }

    /// Whether the request may change something.
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
    /// Describes an operation of the document. The template is the path with
    /// its parameters in braces.
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

    /// Describes a request that isn't in the document.
    #[must_use]
    pub fn undescribed(method: Method) -> Self {
        Self {
            id: None,
            effect: Effect::of(&method),
            method,
            template: None,
        }
    }

    /// Whether the operation creates a resource, whose id the answer has to
    /// contain.
    pub(crate) fn creates(&self) -> bool {
        self.id.is_some_and(|id| id.starts_with("create_"))
    }

    /// The operation's id, if it is in the document.
    #[must_use]
    pub fn id(&self) -> Option<&'static str> {
        self.id
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path with its parameters in braces, if the operation is in the
    /// document.
    #[must_use]
    pub fn template(&self) -> Option<&'static str> {
        self.template
    }

    /// Whether the operation changes something.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effect
    }
}
