//! The facts about an operation from which its call is generated.

use syn::{Ident, Type};

use crate::query::Style;

/// An operation, read from the document and the generator's code.
pub(super) struct Operation {
    /// The name of the client's method.
    pub method: Ident,
    /// The name of the call's type.
    pub call: Ident,
    /// The name of the static that describes the operation to the runtime.
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
    /// How the values of the parameter are written in a query. `None` for a single value, and
    /// for a list that is written as one parameter for each item, which is the default.
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
