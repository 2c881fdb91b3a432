//! Decides whether a schema implies a keyword, so that adding the keyword has no effect.
//! For example, every listed value may be within a limit, and limits may imply a format.

use regress::Regex;
use serde_json::Value;

use super::keywords::{Additional, Limit};
use super::number::Num;
use super::shape::Shape;
use super::types::{Type, integer_range};
use crate::rules::BOUNDS;

/// Whether a limit of another shape allows every value of a shape. `index` is the index
/// of the keyword in [`BOUNDS`].
pub fn implies_limit(shape: &Shape<'_>, index: usize, limit: Limit) -> bool {
    let Some(keyword) = BOUNDS.get(index).map(|rules| rules.keyword) else {
        return false;
    };
    let allows = |number: Num| limit.admits(number, keyword.upper);
    if let Some((values, _)) = &shape.values {
        return values
            .iter()
            .all(|value| measured(value, keyword.name).is_none_or(allows));
    }
    let (lowest, highest) = match keyword.name {
        "maximum" | "minimum" => range(shape),
        "maxLength" | "minLength" => lengths(shape),
        "maxProperties" | "minProperties" => counts(shape),
        _ => (None, None),
    };
    let extreme = if keyword.upper { highest } else { lowest };
    extreme.is_some_and(allows)
}

/// Whether a shape lists its values, and the numbers among them are multiples of `step`.
pub fn implies_step(shape: &Shape<'_>, step: Num) -> bool {
    shape.values.as_ref().is_some_and(|(values, _)| {
        let mut numbers = values.iter().filter_map(|value| Num::read(value));
        numbers.all(|number| number.is_multiple_of(step))
    })
}

/// Whether the arrays of a shape are too short to have two equal items.
pub fn implies_unique_items(shape: &Shape<'_>) -> bool {
    limit_of(shape, "maxItems").is_some_and(|number| number <= Num::Int(1))
}

/// Whether the listed values or the limits of a shape imply a format.
pub fn implies_format(shape: &Shape<'_>, format: &str) -> bool {
    if let Some((values, _)) = &shape.values {
        return values.iter().all(|value| is_of_format(value, format));
    }
    let limits = ["minimum", "maximum"].map(|keyword| limit_of(shape, keyword));
    match (integer_range(format), limits) {
        (Some((least, most)), [Some(Num::Int(low)), Some(Num::Int(high))]) => {
            shape.kind() == Some(Type::Integer) && least <= low && high <= most
        }
        _ => false,
    }
}

/// Whether a shape lists its values, and the strings among them match a pattern.
pub fn implies_pattern(shape: &Shape<'_>, pattern: &str) -> bool {
    let Some((values, _)) = &shape.values else {
        return false;
    };
    Regex::with_flags(pattern, "u").is_ok_and(|expression| {
        let mut texts = values.iter().filter_map(|value| value.as_str());
        texts.all(|text| expression.find(text).is_some())
    })
}

fn is_of_format(value: &Value, format: &str) -> bool {
    if let Some(text) = value.as_str() {
        return match format {
            "date" => is_date(text),
            "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
            "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
            _ => false,
        };
    }
    let range = integer_range(format);
    match (range, Num::read(value)) {
        (Some((least, most)), Some(Num::Int(number))) => least <= number && number <= most,
        _ => value.is_null(),
    }
}

/// Whether a text is certainly a date. Days 29 to 31 are uncertain, because some months are
/// shorter.
fn is_date(text: &str) -> bool {
    let pieces: Vec<&str> = text.split('-').collect();
    let number = |piece: &str, digits: usize| {
        let is_plain = piece.len() == digits && piece.bytes().all(|byte| byte.is_ascii_digit());
        piece.parse::<u16>().ok().filter(|_| is_plain)
    };
    let [year, month, day] = pieces.as_slice() else {
        return false;
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=28).contains(&day))
}

/// Returns the number that a keyword limits in a value; `None` if the keyword doesn't apply
/// to values of this type.
fn measured(value: &Value, keyword: &str) -> Option<Num> {
    let count = match (keyword, value) {
        ("maximum" | "minimum", value) => return Num::read(value),
        ("maxLength" | "minLength", Value::String(text)) => text.chars().count(),
        ("maxItems" | "minItems", Value::Array(items)) => items.len(),
        ("maxProperties" | "minProperties", Value::Object(entries)) => entries.len(),
        _ => return None,
    };
    Some(counted(count))
}

fn counted(count: usize) -> Num {
    Num::Int(i128::try_from(count).unwrap_or(i128::MAX))
}

/// Returns the limit that a keyword of a shape sets.
fn limit_of(shape: &Shape<'_>, keyword: &str) -> Option<Num> {
    let mut rules = BOUNDS.iter();
    let index = rules.position(|rules| rules.keyword.name == keyword)?;
    Some(shape.limit(index)?.number)
}

/// Returns the lowest and the highest number of an integer format.
fn range(shape: &Shape<'_>) -> (Option<Num>, Option<Num>) {
    let is_whole = shape.kind() == Some(Type::Integer);
    let formats = shape.formats.iter().filter(|_| is_whole);
    let mut ranges = formats.filter_map(|(format, _)| integer_range(format));
    let range = ranges.next();
    range
        .map(|(low, high)| (Num::Int(low), Num::Int(high)))
        .unzip()
}

/// Returns the lengths of the shortest and the longest string of a format.
fn lengths(shape: &Shape<'_>) -> (Option<Num>, Option<Num>) {
    let mut known = shape.formats.iter().filter_map(|(format, _)| {
        Some(match *format {
            "uuid" => (36, Some(36)),
            "date" => (10, Some(10)),
            "date-time" => (20, None),
            "ipv4" => (7, Some(15)),
            _ => return None,
        })
    });
    match known.next() {
        Some((least, most)) => (Some(Num::Int(least)), most.map(Num::Int)),
        None => (None, None),
    }
}

/// Returns the fewest and the most properties that an object can have.
fn counts(shape: &Shape<'_>) -> (Option<Num>, Option<Num>) {
    let least = counted(shape.required.len());
    let is_closed = matches!(shape.additional, Additional::Closed(_));
    let most = is_closed.then(|| counted(shape.properties.len()));
    (Some(least), most)
}
