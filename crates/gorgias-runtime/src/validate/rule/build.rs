//! Constructors and setters of rules, for the generated code.

use super::{Array, Bound, Field, Format, Number, Object, Pattern, Rule, Text, TypeRule};

impl Rule {
    const fn new(type_rule: TypeRule) -> Self {
        Self {
            nullable: false,
            single_line: false,
            type_rule,
        }
    }

    /// Any value, null included.
    #[must_use]
    pub const fn any() -> Self {
        Self {
            nullable: true,
            single_line: false,
            type_rule: TypeRule::Any,
        }
    }

    /// A boolean.
    #[must_use]
    pub const fn boolean() -> Self {
        Self::new(TypeRule::Boolean)
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
        Self::new(TypeRule::Number(Number {
            integer,
            minimum: None,
            maximum: None,
            multiple_of: None,
        }))
    }

    /// A string.
    #[must_use]
    pub const fn string() -> Self {
        Self::new(TypeRule::String(Text {
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
        Self::new(TypeRule::Array(Array {
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
        Self::new(TypeRule::Object(Object {
            fields,
            required: count_required(fields),
            additional: Some(&ANY),
            min_properties: 0,
            max_properties: usize::MAX,
        }))
    }
}

/// Writes setters that change one part of the rule of one type. A rule of
/// another type stays as it is.
macro_rules! setters {
    ($($(#[$doc:meta])* $type_rule:ident $name:ident($value:ident: $type:ty) { $($field:ident: $to:expr),+ })+) => {
        impl Rule {$(
            $(#[$doc])*
            #[must_use]
            pub const fn $name(mut self, $value: $type) -> Self {
                if let TypeRule::$type_rule(rule) = &mut self.type_rule {
                    $(rule.$field = $to;)+
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
        if let TypeRule::Object(object) = &mut self.type_rule {
            object.additional = None;
        }
        self
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
