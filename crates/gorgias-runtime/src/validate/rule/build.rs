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

    /// Creates a rule that allows any value, null included.
    #[must_use]
    pub const fn any() -> Self {
        Self {
            nullable: true,
            single_line: false,
            type_rule: TypeRule::Any,
        }
    }

    /// Creates the rule of a boolean.
    #[must_use]
    pub const fn boolean() -> Self {
        Self::new(TypeRule::Boolean)
    }

    /// Creates the rule of a number without a fraction.
    #[must_use]
    pub const fn integer() -> Self {
        Self::numeric(true)
    }

    /// Creates the rule of a number.
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

    /// Creates the rule of a string.
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

    /// Creates the rule of a list.
    #[must_use]
    pub const fn array(items: &'static Rule) -> Self {
        Self::new(TypeRule::Array(Array {
            items,
            min_items: 0,
            max_items: usize::MAX,
            unique: false,
        }))
    }

    /// Creates the rule of an object that may have further members of any type.
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

/// Writes setters, each for rules of one type. A setter leaves a rule of
/// another type unchanged.
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
    /// Sets the least number allowed.
    Number minimum(bound: f64) { minimum: Some((bound, Bound::Inclusive)) }
    /// Sets the bound that a number must be above.
    Number above(bound: f64) { minimum: Some((bound, Bound::Exclusive)) }
    /// Sets the greatest number allowed.
    Number maximum(bound: f64) { maximum: Some((bound, Bound::Inclusive)) }
    /// Sets the bound that a number must be below.
    Number below(bound: f64) { maximum: Some((bound, Bound::Exclusive)) }
    /// Sets the factor that a number must be a multiple of.
    Number multiple_of(factor: f64) { multiple_of: Some(factor) }
    /// Sets the least length, in characters.
    String min_length(characters: usize) { min_length: characters }
    /// Sets the greatest length, in characters.
    String max_length(characters: usize) { max_length: characters }
    /// Sets the format.
    String format(format: Format) { format: Some(format) }
    /// Sets the expression that must occur in the string.
    String pattern(pattern: &'static Pattern) { pattern: Some(pattern) }
    /// Sets whether the string must be the https address of a public host,
    /// unless the client allows every address.
    String public_url(public: bool) { public_url: public }
    /// Sets the only values allowed.
    String one_of(values: &'static [&'static str]) { allowed: Some(values) }
    /// Sets the least number of items.
    Array min_items(items: usize) { min_items: items }
    /// Sets the greatest number of items.
    Array max_items(items: usize) { max_items: items }
    /// Sets whether items must differ from one another.
    Array unique(unique: bool) { unique: unique }
    /// Sets the rule of members that aren't in `fields`.
    Object additional(rule: &'static Rule) { additional: Some(rule) }
    /// Sets the least number of members.
    Object min_properties(members: usize) { min_properties: members }
    /// Sets the greatest number of members.
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
    /// value that becomes a header of an e-mail.
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
