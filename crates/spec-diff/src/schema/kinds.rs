//! Compares types and formats. Two types are equal, one includes the other, or neither
//! includes the other.

use super::comparison::Comparison;
use super::implied::implies_format;
use super::pairs::Syntax;
use super::shape::Shape;
use super::types::{Type, integer_range};
use crate::both::Both;
use crate::compatibility::Effect;
use crate::rules::{self, Rule};

type TypeFormat<'a> = (Option<Type>, Option<&'a str>);

/// Compares types and formats. Returns whether the types have common values, so that the
/// other keywords can be compared.
pub fn compare(comparison: &mut Comparison<'_, '_>) -> bool {
    let old = kind_of(&comparison.old, &comparison.new);
    let new = kind_of(&comparison.new, &comparison.old);
    let types_differ = old.0 != new.0;
    let Some(mut effect) = effect(old, new, comparison.syntax) else {
        return true;
    };
    if !types_differ {
        // A format excludes nothing if all values have it anyway.
        let implies = |shape: &Shape<'_>, format: Option<&str>| {
            format.is_none_or(|format| implies_format(shape, format))
        };
        let narrows = effect != Effect::Widens && !implies(&comparison.old, new.1);
        let widens = effect != Effect::Narrows && !implies(&comparison.new, old.1);
        effect = match (narrows, widens) {
            (true, true) => Effect::Incomparable,
            (true, false) => Effect::Narrows,
            (false, true) => Effect::Widens,
            (false, false) => return true,
        };
    }
    let rule = rule(effect, types_differ);
    let message = format!("{} became {}", describe(old), describe(new));
    let at = |shape: &Shape<'_>, (_, format): TypeFormat<'_>| {
        let of_format = shape.formats.iter().find(|(name, _)| Some(*name) == format);
        let of_format = of_format.map(|(_, part)| *part);
        let of_type = shape.kind.map(|(_, part)| part);
        let part = if types_differ {
            of_type
        } else {
            of_format.or(of_type)
        };
        part.unwrap_or_else(|| shape.root())
    };
    let at = Both::new(at(&comparison.old, old), at(&comparison.new, new));
    comparison.report(rule, at, message);
    effect != Effect::Incomparable || !types_differ
}

/// Returns the type and format of a shape. Of several formats, returns one that the other
/// shape doesn't have. If only the other shape has such a format, returns no format.
fn kind_of<'a>(shape: &Shape<'a>, other: &Shape<'a>) -> TypeFormat<'a> {
    let kind = shape.kind();
    let own = |shape: &Shape<'a>, other: &Shape<'a>| {
        let known = |name: &str| other.formats.iter().any(|(known, _)| *known == name);
        let mut own = shape.formats.iter().filter(|(name, _)| !known(name));
        own.next().map(|(name, _)| *name)
    };
    let format = match (own(shape, other), own(other, shape)) {
        (Some(format), _) => Some(format),
        (None, Some(_)) => None,
        (None, None) => shape.formats.iter().map(|(format, _)| *format).min(),
    };
    (kind, format)
}

fn rule(effect: Effect, types_differ: bool) -> &'static Rule {
    match (effect, types_differ) {
        (Effect::Widens, true) => &rules::TYPE_GENERALIZED,
        (Effect::Narrows, true) => &rules::TYPE_SPECIALIZED,
        (_, true) => &rules::TYPE_CHANGED,
        (Effect::Widens, false) => &rules::FORMAT_GENERALIZED,
        (Effect::Narrows, false) => &rules::FORMAT_SPECIALIZED,
        (_, false) => &rules::FORMAT_CHANGED,
    }
}

fn describe((kind, format): TypeFormat<'_>) -> String {
    let kind = kind.map_or("any type", Type::name);
    match format {
        Some(format) => format!("{kind} ({format})"),
        None => kind.to_owned(),
    }
}

/// Returns the effect of a change from one type and format to another; `None` if both allow
/// the same values.
fn effect(old: TypeFormat<'_>, new: TypeFormat<'_>, syntax: Syntax) -> Option<Effect> {
    if old == new {
        return None;
    }
    match (within(old, new, syntax), within(new, old, syntax)) {
        (true, true) => None,
        (true, false) => Some(Effect::Widens),
        (false, true) => Some(Effect::Narrows),
        (false, false) => Some(Effect::Incomparable),
    }
}

/// Whether every value of the first type and format is a value of the second.
fn within(
    (kind, format): TypeFormat<'_>,
    (other, other_format): TypeFormat<'_>,
    syntax: Syntax,
) -> bool {
    match (kind, other) {
        (_, None) => other_format.is_none() || format == other_format,
        (None, Some(_)) => false,
        (Some(kind), Some(other)) if kind == other => format_within(kind, format, other_format),
        (Some(Type::Integer), Some(Type::Number)) => whole_within(format, other_format),
        // A number that is written as text is also a string.
        (Some(kind), Some(Type::String)) => {
            syntax != Syntax::Json && kind.is_also_text() && other_format.is_none()
        }
        _ => false,
    }
}

fn format_within(kind: Type, format: Option<&str>, other: Option<&str>) -> bool {
    let (Some(format), Some(other)) = (format, other) else {
        return other.is_none();
    };
    if format == other {
        return true;
    }
    match kind {
        Type::Integer => match (integer_range(format), integer_range(other)) {
            (Some((low, high)), Some((other_low, other_high))) => {
                other_low <= low && high <= other_high
            }
            _ => false,
        },
        Type::Number => (format, other) == ("float", "double"),
        _ => matches!(
            (format, other),
            ("uri", "uri-reference" | "iri" | "iri-reference")
                | ("iri" | "uri-reference", "iri-reference")
                | ("email", "idn-email")
                | ("hostname", "idn-hostname")
        ),
    }
}

/// Whether a format of numbers represents every integer of an integer format exactly.
fn whole_within(format: Option<&str>, number: Option<&str>) -> bool {
    let bits = match number {
        None => return true,
        same if same == format => return true,
        Some("double") => 53,
        Some("float") => 24,
        Some(_) => return false,
    };
    let exact = 1_u128 << bits;
    format
        .and_then(integer_range)
        .is_some_and(|(low, high)| low.unsigned_abs() <= exact && high.unsigned_abs() <= exact)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(old: TypeFormat<'_>, new: TypeFormat<'_>) -> Option<Effect> {
        effect(old, new, Syntax::Json)
    }

    #[test]
    fn integers_are_numbers_but_not_the_other_way_around() {
        let integer = (Some(Type::Integer), Some("int32"));
        let number = (Some(Type::Number), None);
        assert_eq!(json(integer, number), Some(Effect::Widens));
        assert_eq!(json(number, integer), Some(Effect::Narrows));
        let float = (Some(Type::Number), Some("float"));
        assert_eq!(json(integer, float), Some(Effect::Incomparable));
    }

    #[test]
    fn integer_formats_are_ranges() {
        let of = |format| (Some(Type::Integer), Some(format));
        assert_eq!(json(of("int32"), of("int64")), Some(Effect::Widens));
        assert_eq!(json(of("int64"), of("uint32")), Some(Effect::Narrows));
        assert_eq!(json(of("int32"), of("uint32")), Some(Effect::Incomparable));
    }

    #[test]
    fn only_text_takes_a_number_for_a_string() {
        let integer = (Some(Type::Integer), Some("int64"));
        let string = (Some(Type::String), None);
        assert_eq!(json(integer, string), Some(Effect::Incomparable));
        assert_eq!(effect(integer, string, Syntax::Text), Some(Effect::Widens));
        assert_eq!(effect(string, integer, Syntax::Text), Some(Effect::Narrows));
        let array = (Some(Type::Array), None);
        assert_eq!(
            effect(string, array, Syntax::Text),
            Some(Effect::Incomparable)
        );
    }
}
