//! Says what became of a write, in words made from the operation's id: after
//! `update_customer`, "the customer was not updated".

use crate::delivery::Delivery;

/// Returns what became of the resource of a write, as a clause that follows a
/// semicolon. `gone` means that a later attempt found it missing.
pub(super) fn outcome(operation: Option<&str>, delivery: Delivery, gone: bool) -> String {
    let (verb, noun) = parts(operation).unwrap_or(("apply", "request".to_owned()));
    let done = participle(verb);
    let (was, is, exists, it) = match is_plural(&noun) {
        true => ("were", "are", "exist", "them"),
        false => ("was", "is", "exists", "it"),
    };
    match delivery {
        Delivery::NotSent | Delivery::Rejected => format!("the {noun} {was} not {done}"),
        Delivery::Applied if gone => format!("the {noun} {was} {done}, and {is} gone now"),
        Delivery::Applied if verb == "create" => format!("the {noun} {exists}"),
        Delivery::Applied => format!("the {noun} {was} {done}"),
        Delivery::Unknown if verb == "create" => {
            format!("the {noun} may exist, so look for {it} before resending")
        }
        Delivery::Unknown => {
            format!("the {noun} may have been {done}, so look before resending")
        }
    }
}

/// Returns the noun of an operation's id, such as `customer`.
pub(super) fn noun(operation: Option<&str>) -> String {
    parts(operation).map_or_else(|| "resource".to_owned(), |(_, noun)| noun)
}

/// Splits an operation's id into its verb and its noun. An id of one word, such
/// as `upload`, is taken for a noun: "the upload was not made".
fn parts(operation: Option<&str>) -> Option<(&str, String)> {
    let id = operation?;
    let (verb, noun) = id.split_once('_').unwrap_or(("make", id));
    Some((verb, noun.replace('_', " ")))
}

/// Whether a noun such as `ticket tags` stands for several, unlike `address`.
fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') && !noun.ends_with("ss")
}

/// Verbs whose participle doesn't follow the rules of [`participle`].
const IRREGULAR: [(&str, &str); 18] = [
    ("commit", "committed"),
    ("find", "found"),
    ("forget", "forgotten"),
    ("give", "given"),
    ("hide", "hidden"),
    ("make", "made"),
    ("permit", "permitted"),
    ("put", "put"),
    ("read", "read"),
    ("reset", "reset"),
    ("send", "sent"),
    ("set", "set"),
    ("split", "split"),
    ("submit", "submitted"),
    ("take", "taken"),
    ("transfer", "transferred"),
    ("unset", "unset"),
    ("write", "written"),
];

/// Returns the past participle of a verb.
fn participle(verb: &str) -> String {
    if let Some((_, irregular)) = IRREGULAR.iter().find(|(plain, _)| *plain == verb) {
        return (*irregular).to_owned();
    }
    let letters: Vec<char> = verb.chars().collect();
    match letters.as_slice() {
        [.., 'e'] => format!("{verb}d"),
        [.., before, 'y'] if !is_vowel(*before) => {
            format!("{}ied", verb.strip_suffix('y').unwrap_or(verb))
        }
        [rest @ .., vowel, last] if doubles(rest, *vowel, *last) => format!("{verb}{last}ed"),
        _ => format!("{verb}ed"),
    }
}

/// Whether the last letter is doubled: a consonant after the verb's only vowel.
fn doubles(rest: &[char], vowel: char, last: char) -> bool {
    is_vowel(vowel)
        && !is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y')
        && !rest.is_empty()
        && !rest.iter().any(|letter| is_vowel(*letter))
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_become_participles() {
        for (verb, done) in [
            ("create", "created"),
            ("update", "updated"),
            ("delete", "deleted"),
            ("archive", "archived"),
            ("merge", "merged"),
            ("drop", "dropped"),
            ("tag", "tagged"),
            ("add", "added"),
            ("open", "opened"),
            ("trash", "trashed"),
            ("upload", "uploaded"),
            ("reply", "replied"),
            ("apply", "applied"),
            ("destroy", "destroyed"),
            ("assign", "assigned"),
            ("unassign", "unassigned"),
            ("set", "set"),
            ("send", "sent"),
            ("fix", "fixed"),
            ("x", "xed"),
            ("", "ed"),
        ] {
            assert_eq!(participle(verb), done);
        }
    }

    #[test]
    fn the_subject_is_the_operations_own() {
        let said = |delivery| outcome(Some("update_customer"), delivery, false);
        assert_eq!(said(Delivery::NotSent), "the customer was not updated");
        assert_eq!(said(Delivery::Rejected), "the customer was not updated");
        assert_eq!(said(Delivery::Applied), "the customer was updated");
        assert_eq!(
            said(Delivery::Unknown),
            "the customer may have been updated, so look before resending"
        );
        let said = |delivery| outcome(Some("create_ticket_message"), delivery, false);
        assert_eq!(said(Delivery::Applied), "the ticket message exists");
        let said = |delivery| outcome(Some("create_ticket_tags"), delivery, false);
        assert_eq!(said(Delivery::Rejected), "the ticket tags were not created");
        assert_eq!(said(Delivery::Applied), "the ticket tags exist");
        assert_eq!(
            said(Delivery::Unknown),
            "the ticket tags may exist, so look for them before resending"
        );
        let said = |delivery| outcome(Some("update_address"), delivery, false);
        assert_eq!(said(Delivery::Rejected), "the address was not updated");
        let said = |delivery| outcome(Some("upload"), delivery, false);
        assert_eq!(said(Delivery::NotSent), "the upload was not made");
        let said = |delivery| outcome(None, delivery, false);
        assert_eq!(said(Delivery::Rejected), "the request was not applied");
    }
}
