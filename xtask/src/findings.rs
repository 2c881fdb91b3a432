//! Prints the findings of the lint on a terminal.

use spec_codegen::lint::{Finding, Origin, Severity};

/// Writes findings to standard error. For documents that aren't our own, warnings come after
/// the errors, with one line for each remedy.
pub fn show(findings: &[Finding], origin: Origin) {
    let (shown_whole, grouped): (Vec<_>, Vec<_>) = findings
        .iter()
        .partition(|finding| origin == Origin::Own || finding.severity == Severity::Error);
    for finding in shown_whole {
        eprintln!("{finding}");
    }
    for line in by_remedy(&grouped) {
        eprintln!("{line}");
    }
}

/// Returns one line for each remedy, with the number of places and the first place.
fn by_remedy(findings: &[&Finding]) -> Vec<String> {
    let mut groups: Vec<(&Finding, usize)> = Vec::new();
    for finding in findings {
        match groups
            .iter_mut()
            .find(|(first, _)| first.remedy == finding.remedy)
        {
            Some((_, count)) => *count = count.saturating_add(1),
            None => groups.push((finding, 1)),
        }
    }
    groups.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let line = |(first, count): (&Finding, usize)| {
        let Finding {
            pointer,
            message,
            remedy,
            ..
        } = first;
        let places = if count == 1 { "place" } else { "places" };
        format!("warning: {count} {places}, first #{pointer}: {message}; help: {remedy}")
    };
    groups.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remedy_is_told_once_with_its_count_and_first_place() {
        let finding = |pointer: &str, message: &str, remedy| Finding {
            severity: Severity::Warning,
            pointer: pointer.to_owned(),
            message: message.to_owned(),
            remedy,
        };
        let findings = [
            finding("/a", "no summary", "say it"),
            finding("/b", "the name \"B\" is odd", "rename it"),
            finding("/c", "the name \"C\" is odd", "rename it"),
        ];
        let lines = by_remedy(&findings.iter().collect::<Vec<_>>());
        assert_eq!(
            lines,
            [
                "warning: 2 places, first #/b: the name \"B\" is odd; help: rename it",
                "warning: 1 place, first #/a: no summary; help: say it",
            ]
        );
    }
}
