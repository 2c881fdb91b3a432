//! Checks that each reference leads to a component of the document.

use serde_json::Value;
use spec_model::escape;

use super::Report;

pub(super) fn check(document: &Value, report: &mut Report) {
    walk(document, document, &mut String::new(), report);
}

fn walk(document: &Value, value: &Value, pointer: &mut String, report: &mut Report) {
    let length = pointer.len();
    match value {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get("$ref") {
                check_target(document, target, pointer, report);
            }
            for (name, inner) in members {
                // Examples, defaults and enums may contain any JSON, even members named `$ref`.
                let is_free = matches!(name.as_str(), "example" | "examples" | "default" | "enum");
                if !is_free && (inner.is_object() || inner.is_array()) {
                    pointer.push('/');
                    pointer.push_str(&escape(name));
                    walk(document, inner, pointer, report);
                    pointer.truncate(length);
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                walk(document, inner, pointer, report);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn check_target(document: &Value, target: &str, pointer: &str, report: &mut Report) {
    match target.strip_prefix('#') {
        None => report.refuse(
            pointer,
            format!("the reference {target} leads out of the document"),
            "bundle the document into one file and refer to #/components/…",
        ),
        Some(inner) if document.pointer(inner).is_none() => report.refuse(
            pointer,
            format!("the reference {target} leads nowhere"),
            "add the component, or correct the reference's spelling",
        ),
        Some(inner) if !inner.starts_with("/components/") || inner.matches('/').count() != 3 => {
            report.refuse(
                pointer,
                format!("the reference {target} does not lead to a component"),
                "move what it leads to under components and refer to it there",
            );
        }
        Some(_) => {}
    }
}

/// Resolves a reference to a parameter, body or response. Refuses a reference whose target
/// isn't in `section` of the components.
pub(super) fn resolve<'a>(
    document: &'a Value,
    value: &'a Value,
    section: &str,
    pointer: &str,
    report: &mut Report,
) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str);
    if let Some(target) = target
        && target.starts_with("#/components/")
        && !target.starts_with(&format!("#/components/{section}/"))
    {
        report.refuse(
            pointer,
            format!("the reference {target} leads to a component of another kind"),
            "refer to one of the kind that belongs here",
        );
    }
    let found = spec_model::resolve(document, value);
    if found.get("$ref").is_some() && target.is_some_and(|target| target.starts_with('#')) {
        report.refuse(
            pointer,
            "the reference leads back to itself",
            "refer to what is meant",
        );
    }
    found
}
