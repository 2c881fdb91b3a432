//! Errors for unknown names, with suggestions.

use gorgias_import::nearest_value;

use crate::failure::Failure;

/// The most names that are listed.
const SHOWN: usize = 10;

/// The most names that are suggested.
const CLOSE: usize = 3;

/// Returns the failure for an unknown name, with the known names close to it.
/// `problem` says what was looked for, `list` is the command that lists all names.
pub(super) fn unknown(problem: String, name: &str, mut known: Vec<String>, list: &str) -> Failure {
    let failure = Failure::invalid(format!("{problem}, nothing was sent"));
    let close = close(name, &known);
    if !close.is_empty() {
        return failure.details([format!("did you mean {}?", close.join(" or "))]);
    }
    known.sort();
    match known.len() {
        0 => failure.details(["there are none".to_owned()]),
        1..=SHOWN => failure.details([format!("there are: {}", known.join(", "))]),
        _ => failure.hint(format!("list all with: {list}")),
    }
}

/// The known names of which a name may be a mistyped form or a part, the nearest first.
pub(super) fn close(name: &str, known: &[String]) -> Vec<String> {
    let mut left = known.to_vec();
    let mut close = Vec::new();
    while let Some(near) = nearest_value(&left, name).map(str::to_owned) {
        left.retain(|other| *other != near);
        close.push(near);
    }
    let part = name.trim().to_lowercase();
    if part.chars().count() > 2 {
        let holds = |other: &String| other.to_lowercase().contains(&part);
        close.extend(left.into_iter().filter(holds));
    }
    close.truncate(CLOSE);
    close
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<String> {
        ["Billing", "Returns", "Return desk", "returns"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn slips_come_first_and_parts_after_them() {
        assert_eq!(close("Retruns", &known()), ["Returns", "returns"]);
        assert_eq!(close("bill", &known()), ["Billing"]);
        assert_eq!(
            close("RETURN", &known()),
            ["Returns", "returns", "Return desk"]
        );
        assert_eq!(close("x", &known()), [] as [&str; 0]);
    }
}
