//! The types of the generated rules.

use std::sync::OnceLock;

/// The constraints of one schema of the document.
#[derive(Debug)]
pub struct Rule {
    pub(super) nullable: bool,
    pub(super) single_line: bool,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
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

/// A regular expression of ECMA 262, compiled at its first use.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Pattern {
    /// Makes a pattern.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// The text of the expression.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether the expression occurs in `text`. An expression that doesn't
    /// compile accepts every text; the generator refuses such an expression, so
    /// it doesn't occur.
    pub(super) fn occurs_in(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| regress::Regex::new(self.source).ok())
            .as_ref()
            .is_none_or(|regex| regex.find(text).is_some())
    }
}

/// A member of an object.
#[derive(Debug)]
pub struct Field {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) rule: &'static Rule,
}

impl Field {
    /// An optional member.
    #[must_use]
    pub const fn optional(name: &'static str, rule: &'static Rule) -> Self {
        Self {
            name,
            required: false,
            rule,
        }
    }

    /// A required member.
    #[must_use]
    pub const fn required(name: &'static str, rule: &'static Rule) -> Self {
        Self {
            name,
            required: true,
            rule,
        }
    }
}

const fn count_required(mut fields: &[Field]) -> usize {
    let mut count = 0_usize;
    while let [field, rest @ ..] = fields {
        count = count.saturating_add(field.required as usize);
        fields = rest;
    }
    count
}

/// Constructors. The setters below change one kind of rule, and leave a rule of
/// another kind unchanged.
impl Rule {
    const fn new(kind: Kind) -> Self {
        Self {
            nullable: false,
            single_line: false,
            kind,
        }
    }

    /// Any value, null included.
    #[must_use]
    pub const fn any() -> Self {
        Self {
            nullable: true,
            single_line: false,
            kind: Kind::Any,
        }
    }

    /// A boolean.
    #[must_use]
    pub const fn boolean() -> Self {
        Self::new(Kind::Boolean)
    }

    /// A number without a fraction.
    #[must_use]
    pub const fn integer() -> Self {
        Self::numeric(true)
    }

    /// A number.
    #[must_use]
    pub const fn number() -> Self {
        Self::numeric(false)
    }

    const fn numeric(integer: bool) -> Self {
        Self::new(Kind::Number(Number {
            integer,
            minimum: None,
            maximum: None,
            multiple_of: None,
        }))
    }

    /// A string.
    #[must_use]
    pub const fn string() -> Self {
        Self::new(Kind::String(Text {
            min_length: 0,
            max_length: usize::MAX,
            format: None,
            pattern: None,
            allowed: None,
            public_url: false,
        }))
    }

    /// A list.
    #[must_use]
    pub const fn array(items: &'static Rule) -> Self {
        Self::new(Kind::Array(Array {
            items,
            min_items: 0,
            max_items: usize::MAX,
            unique: false,
        }))
    }

    /// An object that may have further members of any type.
    #[must_use]
    pub const fn object(fields: &'static [Field]) -> Self {
        static ANY: Rule = Rule::any();
        Self::new(Kind::Object(Object {
            fields,
            required: count_required(fields),
            additional: Some(&ANY),
            min_properties: 0,
            max_properties: usize::MAX,
        }))
    }
}

/// Writes setters that change one part of one kind of rule.
macro_rules! setters {
    ($($(#[$doc:meta])* $kind:ident $name:ident($value:ident: $type:ty) { $($field:ident: $to:expr),+ })+) => {
        impl Rule {$(
            $(#[$doc])*
            #[must_use]
            pub const fn $name(mut self, $value: $type) -> Self {
                if let Kind::$kind(kind) = &mut self.kind {
                    $(kind.$field = $to;)+
                }
                self
            }
        )+}
    };
}

setters! {
    /// The least number allowed.
    Number minimum(bound: f64) { minimum: Some((bound, Bound::Inclusive)) }
    /// The bound that a number must be above.
    Number above(bound: f64) { minimum: Some((bound, Bound::Exclusive)) }
    /// The greatest number allowed.
    Number maximum(bound: f64) { maximum: Some((bound, Bound::Inclusive)) }
    /// The bound that a number must be below.
    Number below(bound: f64) { maximum: Some((bound, Bound::Exclusive)) }
    /// The factor that a number must be a multiple of.
    Number multiple_of(factor: f64) { multiple_of: Some(factor) }
    /// The least length, in characters.
    String min_length(characters: usize) { min_length: characters }
    /// The greatest length, in characters.
    String max_length(characters: usize) { max_length: characters }
    /// The format.
    String format(format: Format) { format: Some(format) }
    /// The expression that must occur in the string.
    String pattern(pattern: &'static Pattern) { pattern: Some(pattern) }
    /// Whether the string must be the https address of a public host, unless
    /// the client allows every address.
    String public_url(public: bool) { public_url: public }
    /// The only values allowed.
    String one_of(values: &'static [&'static str]) { allowed: Some(values) }
    /// The least number of items.
    Array min_items(items: usize) { min_items: items }
    /// The greatest number of items.
    Array max_items(items: usize) { max_items: items }
    /// Whether items must differ from one another.
    Array unique(unique: bool) { unique: unique }
    /// The rule of members that aren't in `fields`.
    Object additional(rule: &'static Rule) { additional: Some(rule) }
    /// The least number of members.
    Object min_properties(members: usize) { min_properties: members }
    /// The greatest number of members.
    Object max_properties(members: usize) { max_properties: members }
}

impl Rule {
    /// Allows null.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Refuses line breaks and NUL in every text and every member's name, for a
    /// value that becomes a header of a mail.
    #[must_use]
    pub const fn single_line(mut self) -> Self {
        self.single_line = true;
        self
    }

    /// Refuses members that aren't in `fields`.
    #[must_use]
    pub const fn closed(mut self) -> Self {
        if let Kind::Object(object) = &mut self.kind {
            object.additional = None;
        }
        self
    }
}
