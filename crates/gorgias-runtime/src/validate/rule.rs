//! The types of the generated rules. `build` has their constructors.

mod build;
mod pattern;

pub use self::pattern::Pattern;

/// The constraints of one schema of the document.
#[derive(Debug)]
pub struct Rule {
    pub(super) nullable: bool,
    pub(super) single_line: bool,
    pub(super) type_rule: TypeRule,
}

#[derive(Debug)]
pub(super) enum TypeRule {
    Any,
    Boolean,
    Number(Number),
    String(Text),
    Array(Array),
    Object(Object),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub integer: bool,
    pub minimum: Option<(f64, Bound)>,
    pub maximum: Option<(f64, Bound)>,
    pub multiple_of: Option<f64>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Bound {
    Inclusive,
    Exclusive,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    pub min_length: usize,
    pub max_length: usize,
    pub format: Option<Format>,
    pub pattern: Option<&'static Pattern>,
    pub allowed: Option<&'static [&'static str]>,
    pub public_url: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Array {
    pub items: &'static Rule,
    pub min_items: usize,
    pub max_items: usize,
    pub unique: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Object {
    pub fields: &'static [Field],
    /// How many of the fields are required.
    pub required: usize,
    pub additional: Option<&'static Rule>,
    pub min_properties: usize,
    pub max_properties: usize,
}

/// A string format that is checked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// A date of RFC 3339.
    Date,
    /// A date and time of RFC 3339, with an offset.
    DateTime,
    /// An e-mail address, as checked by
    /// [`is_email_address`](super::is_email_address).
    EmailAddress,
    /// An absolute URI of RFC 3986.
    Uri,
}

/// A member of an object.
#[derive(Debug)]
pub struct Field {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) rule: &'static Rule,
}

impl Field {
    /// Creates the field of an optional member.
    #[must_use]
    pub const fn optional(name: &'static str, rule: &'static Rule) -> Self {
        Self {
            name,
            required: false,
            rule,
        }
    }

    /// Creates the field of a required member.
    #[must_use]
    pub const fn required(name: &'static str, rule: &'static Rule) -> Self {
        Self {
            name,
            required: true,
            rule,
        }
    }
}
