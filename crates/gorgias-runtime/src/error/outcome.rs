//! Says what became of a write, in words derived from the operation's id: after
//! `update_customer`, "the customer was not updated". If the participle of the id's
//! verb isn't known, the text is about "the request".

use crate::delivery::Delivery;

/// Returns what became of the resource of a write, as a clause that follows a
/// semicolon. `gone` means that the service no longer has the resource.
pub(super) fn outcome(operation: Option<&str>, delivery: Delivery, gone: bool) -> String {
    let of_operation = operation.map(parts);
    let of_operation = of_operation.and_then(|(verb, noun)| Some((verb, participle(verb)?, noun)));
    let (verb, done, noun) =
        of_operation.unwrap_or(("apply", "applied".to_owned(), "request".to_owned()));
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
    operation.map_or_else(|| "resource".to_owned(), |id| parts(id).1)
}

/// Splits an operation's id into its verb and its noun. An id of one word, such
/// as `upload`, is taken for a noun: "the upload was not made".
fn parts(operation: &str) -> (&str, String) {
    let (verb, noun) = operation.split_once('_').unwrap_or(("make", operation));
    (verb, noun.replace('_', " "))
}

/// Whether a noun such as `ticket tags` stands for several, unlike `address`.
fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') && !noun.ends_with("ss")
}

/// Returns the past participle of `make`, or of a verb that ends in `e`.
fn participle(verb: &str) -> Option<String> {
    match verb {
        "make" => Some("made".to_owned()),
        _ => verb.ends_with('e').then(|| format!("{verb}d")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clause_names_the_resource_of_the_operation() {
        let clause = |delivery| outcome(Some("update_customer"), delivery, false);
        assert_eq!(clause(Delivery::NotSent), "the customer was not updated");
        assert_eq!(clause(Delivery::Rejected), "the customer was not updated");
        assert_eq!(clause(Delivery::Applied), "the customer was updated");
        assert_eq!(
            clause(Delivery::Unknown),
            "the customer may have been updated, so look before resending"
        );
        let clause = |delivery| outcome(Some("create_ticket_message"), delivery, false);
        assert_eq!(clause(Delivery::Applied), "the ticket message exists");
        let clause = |delivery| outcome(Some("create_ticket_tags"), delivery, false);
        assert_eq!(
            clause(Delivery::Rejected),
            "the ticket tags were not created"
        );
        assert_eq!(clause(Delivery::Applied), "the ticket tags exist");
        assert_eq!(
            clause(Delivery::Unknown),
            "the ticket tags may exist, so look for them before resending"
        );
        let clause = |delivery| outcome(Some("update_address"), delivery, false);
        assert_eq!(clause(Delivery::Rejected), "the address was not updated");
        let clause = |delivery| outcome(Some("upload"), delivery, false);
        assert_eq!(clause(Delivery::NotSent), "the upload was not made");
        for operation in [None, Some("send_mail")] {
            let clause = |delivery| outcome(operation, delivery, false);
            assert_eq!(clause(Delivery::Rejected), "the request was not applied");
            assert_eq!(
                clause(Delivery::Unknown),
                "the request may have been applied, so look before resending"
            );
        }
    }
}
