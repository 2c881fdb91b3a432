//! The facts about an operation from which its call is generated.

use syn::{Ident, Type};

use crate::query::Style;

/// An operation, read from the document and the generator's code.
pub(super) struct Operation {
    /// The name of the client's method.
    pub method: Ident,
    /// The name of the call's type.
    pub call: Ident,
    /// The static that describes the operation to the runtime.
    pub described: Ident,
    /// The summary and description.
    pub docs: String,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub answer: Answer,
}

/// A parameter of an operation.
pub(super) struct Parameter {
    pub name: String,
    pub ident: Ident,
    pub location: Location,
    pub is_required: bool,
    /// The type of its value.
    pub ty: Type,
    pub docs: String,
    pub rule: Option<Ident>,
    /// The largest value that the document allows.
    pub maximum: Option<i64>,
    /// How the parameter is written, if it is in a query and may have several values.
    pub style: Option<Style>,
}

/// The part of a request that contains a parameter, as `in` of the document says.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Location {
    Path,
    Query,
    Header,
}

/// A request body.
pub(super) struct Body {
    pub kind: BodyKind,
    /// Whether the body may be omitted.
    pub is_optional: bool,
    pub docs: String,
}

pub(super) enum BodyKind {
    Json { ty: Type, rule: Option<Ident> },
    Form { ty: Type, rule: Option<Ident> },
    Multipart,
    Raw { content_type: String },
}

/// How the body of a successful response is read.
#[allow(clippy::large_enum_variant, reason = "one value for each operation")]
pub(super) enum Answer {
    Nothing,
    Json(Type),
    /// Some successful responses have a body, and others have none.
    MaybeJson(Type),
    Bytes,
}
