//! People on the command line.

use gorgias::Contact;

/// Reads `jane@example.com`, `Jane Doe <jane@example.com>` or the id `488071`.
pub(super) fn parse(text: &str) -> Result<Contact, &'static str> {
    const EXPECTED: &str = "expected an e-mail address, as in jane@example.com or \
                            'Jane Doe <jane@example.com>', or an id";
    let text = text.trim();
    if let Ok(id) = text.parse::<i64>() {
        return Ok(Contact::id(id));
    }
    let (name, email) = match text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        Some((name, email)) => (name.trim().trim_matches('"'), email),
        None => ("", text),
    };
    // Whether the service takes the address is for the service to say. This
    // catches what was meant to be something else.
    let odd = |c: char| c.is_whitespace() || matches!(c, '<' | '>');
    if !email.contains('@') || email.contains(odd) {
        return Err(EXPECTED);
    }
    let contact = Contact::email(email);
    Ok(if name.is_empty() {
        contact
    } else {
        contact.name(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_addresses_with_or_without_a_name_or_ids() {
        let jane = Contact::email("jane@example.com");
        assert!(parse(" jane@example.com ") == Ok(jane.clone()));
        assert!(parse("<jane@example.com>") == Ok(jane.clone()));
        let named = jane.name("Jane Doe");
        assert!(parse("Jane Doe <jane@example.com>") == Ok(named.clone()));
        assert!(parse("\"Jane Doe\" <jane@example.com>") == Ok(named));
        assert!(parse("488071") == Ok(Contact::id(488_071)));
    }

    #[test]
    fn what_is_neither_is_refused() {
        for text in [
            "",
            "jane",
            "Jane jane@example.com",
            "Jane <jane>",
            "<a@b> <c@d",
            "a b@c",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
