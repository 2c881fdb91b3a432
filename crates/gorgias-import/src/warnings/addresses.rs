//! Warns about e-mail addresses that are allowed, but that are probably mistakes.

use serde_json::{Map, Value};

use super::Warn;

/// The longest name before the `@` and the longest domain that mail servers accept, in bytes.
const LONGEST: (usize, usize) = (64, 255);

/// Warns about the addresses of the people that a message names.
pub(super) fn check_addresses(message: &Map<String, Value>, at: &str, warn: &mut Warn<'_>) {
    for name in ["sender", "receiver"] {
        check_person(message.get(name), &format!("{at}/{name}"), warn);
    }
    let source = message.get("source").and_then(Value::as_object);
    for (name, end) in source.into_iter().flatten() {
        let ends = match end {
            Value::Array(ends) => ends.as_slice(),
            end => std::slice::from_ref(end),
        };
        for (index, person) in ends.iter().enumerate() {
            let at = match end {
                Value::Array(_) => format!("{at}/source/{name}/{index}"),
                _ => format!("{at}/source/{name}"),
            };
            check_person(Some(person), &at, warn);
        }
    }
}

/// Warns about the address of a person.
pub(super) fn check_person(person: Option<&Value>, at: &str, warn: &mut Warn<'_>) {
    for name in ["email", "address"] {
        let text = person.and_then(|person| person.get(name)?.as_str());
        if let Some(odd) = text.and_then(oddity) {
            let message = format!("is no usual e-mail address: {odd}");
            warn(format!("{at}/{name}"), &message);
        }
    }
}

/// Returns a sentence about the odd part of an e-mail address. `None` if the address has a
/// usual form, or has no `@`.
fn oddity(address: &str) -> Option<&'static str> {
    let (name, domain) = address.rsplit_once('@')?;
    let is_quoted = name.starts_with('"');
    let has_odd_dots =
        |text: &str| text.contains("..") || text.starts_with('.') || text.ends_with('.');
    // A name in quotes may contain any character.
    if !is_quoted && name.contains([',', ';', '<', '>', '(', ')']) {
        return Some("it has a character that separates addresses in a list");
    }
    if !is_quoted && has_odd_dots(name) {
        return Some("the part before the @ starts or ends with a dot, or has two dots in a row");
    }
    if name.len() > LONGEST.0 || domain.len() > LONGEST.1 {
        return Some("it is longer than mail servers accept");
    }
    let is_literal = domain.starts_with('[') && domain.ends_with(']');
    if is_literal {
        return None;
    }
    if !domain.contains('.') {
        return Some("its domain has no dot");
    }
    let is_label = |label: &str| {
        let edge = |c: char| c.is_alphanumeric();
        label.starts_with(edge)
            && label.ends_with(edge)
            // Domains may be written in any script.
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || !c.is_ascii())
    };
    match domain.split('.').all(is_label) {
        true => None,
        false => Some("its domain is not a valid domain name"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_addresses_are_not_odd() {
        for address in [
            "jane@example.com",
            "jane.doe+shop_1@mail.example.co.uk",
            "o'neil@xn--bcher-kva.example",
            "jane@bücher.example",
            "用户@例え.テスト",
            "\"a b..c\"@example.com",
            "jane@[192.0.2.1]",
            "a@1.example",
        ] {
            assert_eq!(oddity(address), None, "{address}");
        }
    }

    #[test]
    fn slips_and_rare_forms_are() {
        let long = format!("{}@example.com", "a".repeat(65));
        for address in [
            "jane..doe@docomo.ne.jp",
            "jane.@docomo.ne.jp",
            ".jane@example.com",
            "jane@localhost",
            "jane@example..com",
            "jane@example.com.",
            "jane@exa_mple.com",
            "jane@-example.com",
            "jane,joe@example.com",
            "<jane@example.com>",
            &long,
        ] {
            assert!(oddity(address).is_some(), "{address}");
        }
    }
}
