//! Reads arguments that name a person or a phone number.

use gorgias::{Contact, is_email_address};

/// Reads `jane@example.com`, `Jane Doe <jane@example.com>`, the phone number
/// `+1 555 123 4567`, or the id `id:488071`.
///
/// Bare digits are refused, because they may be an id or a phone number, and the wrong
/// choice would name another person.
pub(crate) fn parse(text: &str) -> Result<Contact, &'static str> {
    const EXPECTED: &str = "expected an e-mail address, as in jane@example.com or \
                            'Jane Doe <jane@example.com>', a phone number with its country code, \
                            as in +15551234567, or an id, as in id:488071";
    let (name, who) = name_and_address(text);
    let contact = if who.contains('@') {
        if !is_email_address(who) || who.contains(['<', '>']) {
            return Err(EXPECTED);
        }
        Contact::email(who)
    } else if who.starts_with('+') {
        Contact::phone(phone(who)?)
    } else if let Some(id) = who.strip_prefix("id:") {
        Contact::id(positive(id).ok_or("expected the digits of an id after id:, as in id:488071")?)
    } else if is_number(who) {
        return Err(
            "may be an id or a phone number: write id:… for the id of a customer or an agent, or \
             +… with the country code for a phone number",
        );
    } else {
        return Err(EXPECTED);
    };
    Ok(if name.is_empty() {
        contact
    } else {
        contact.name(name)
    })
}

/// The name, and the address or id, in a text such as `Jane Doe <jane@example.com>`.
pub(crate) fn name_and_address(text: &str) -> (&str, &str) {
    let text = text.trim();
    let parts = text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'));
    match parts {
        Some((name, address)) => (name.trim().trim_matches('"'), address.trim()),
        None => ("", text),
    }
}

fn positive(digits: &str) -> Option<i64> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// Reads a phone number with its country code, such as `+1 (555) 123-4567`, and leaves
/// out spaces and punctuation between the digits.
pub(crate) fn phone(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let is_marked = text.starts_with('+') && text.matches('+').count() == 1;
    if !is_marked || !is_number(text.trim_start_matches('+')) {
        return Err("expected digits after the + of a phone number, as in +15551234567");
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        4..=15 => Ok(format!("+{digits}")),
        _ => Err("expected 4 to 15 digits in a phone number, as in +15551234567"),
    }
}

/// Whether a text consists of digits, and of spaces and punctuation as in phone numbers.
fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || ".-()[]/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_addresses_with_or_without_a_name() {
        let jane = Contact::email("jane@example.com");
        assert!(parse(" jane@example.com ") == Ok(jane.clone()));
        assert!(parse("<jane@example.com>") == Ok(jane.clone()));
        let named = jane.name("Jane Doe");
        assert!(parse("Jane Doe <jane@example.com>") == Ok(named.clone()));
        assert!(parse("\"Jane Doe\" <jane@example.com>") == Ok(named));
        assert!(parse("+jane@example.com") == Ok(Contact::email("+jane@example.com")));
        assert!(parse("15551234567@sms.example") == Ok(Contact::email("15551234567@sms.example")));
    }

    #[test]
    fn people_are_phone_numbers_or_ids() {
        let jane = Contact::phone("+15551234567");
        for text in [
            "+15551234567",
            "+1 555 123 4567",
            "+1 (555) 123-4567",
            "+1.555.123.4567",
            " +1[555]1234567 ",
        ] {
            assert!(parse(text) == Ok(jane.clone()), "{text}");
        }
        assert!(parse("Jane Doe <+15551234567>") == Ok(jane.name("Jane Doe")));
        assert!(parse("id:488071") == Ok(Contact::id(488_071)));
    }

    #[test]
    fn bare_digits_are_refused_with_both_remedies() {
        for text in [
            "488071",
            "15551234567",
            "555-123-4567",
            "(555) 123 4567",
            "0",
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains("id:") && error.contains("+…"), "{error}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "@",
            "jane@",
            "@example.com",
            "jane",
            "Jane jane@example.com",
            "Jane <jane>",
            "<a@b> <c@d",
            "a b@c",
            "a@b@c",
            "+",
            "+1",
            "+1555123456789012",
            "+1555abc4567",
            "++15551234567",
            "+1+5551234567",
            "id:",
            "id:-1",
            "id:+1",
            "id:1.5",
            "id:99999999999999999999",
            "ID:7",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
