//! Summarizes a report in its first line.

use spec_diff::compatibility::Class;

use super::Report;
use crate::diff::need::Need;
use crate::diff::rust;

/// Returns the first line of a report.
pub fn summary(report: &Report<'_>) -> String {
    let mut parts = vec![verdicts(report)];
    let to_do = &report.check.to_do;
    parts.extend(to_do.iter().map(|to_do| to_do.title.clone()));
    if to_do.is_empty() {
        parts.push(settled(report));
    }
    // Equal neighbors are named once.
    parts.dedup();
    parts.join("; ")
}

/// Returns the verdicts on the wire and on Rust.
fn verdicts(report: &Report<'_>) -> String {
    let wire = match report.change.wire.verdict {
        None => return "The document is as it was".to_owned(),
        Some(Class::DocOnly) => "Documentation only",
        Some(Class::Compatible) => "Compatible on the wire",
        Some(Class::Breaking) => "Breaking on the wire",
    };
    let Some(rust) = &report.change.rust else {
        return wire.to_owned();
    };
    let rust = match rust.verdict {
        _ if rust.refused == Some(rust::Refused::Old) => "a first crate in Rust",
        rust::RustVerdict::None if wire == "Documentation only" => return wire.to_owned(),
        rust::RustVerdict::None => "no change in Rust",
        rust::RustVerdict::Additive => "additive in Rust",
        rust::RustVerdict::Breaking => "breaking in Rust",
        rust::RustVerdict::NotGeneratable => "no verdict on Rust",
    };
    match (wire, rust) {
        ("Breaking on the wire", "breaking in Rust") => format!("{wire} and in Rust"),
        _ => format!("{wire}, {rust}"),
    }
}

/// Says why no task remains.
fn settled(report: &Report<'_>) -> String {
    let check = report.check;
    let breaks = report.change.need(&check.accepted) == Need::Breaking;
    let acknowledged = report.change.wire.verdict == Some(Class::Breaking);
    let mut versions = check.versions.values();
    if check.need == Need::Breaking {
        match versions.next() {
            Some(step) if step.needed.is_some() => format!("version {} accounts for it", step.now),
            _ => "nothing was released yet, so any version will do".to_owned(),
        }
    } else if breaks {
        "nothing that was released breaks".to_owned()
    } else if acknowledged {
        "the breaks are acknowledged".to_owned()
    } else {
        "nothing to do".to_owned()
    }
}
