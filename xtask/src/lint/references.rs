//! References: each must lead to something in the same document.

use serde_json::Value;

use super::Report;
use crate::sites::escape;

pub(super) fn check(document: &Value, report: &mut Report) {
    walk(document, document, "", report);
}

fn walk(document: &Value, value: &Value, pointer: &str, report: &mut Report) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get("$ref") {
                resolve(document, target, pointer, report);
            }
            for (name, inner) in members {
                // Examples may hold anything, members called $ref included.
                if !matches!(name.as_str(), "example" | "examples" | "default" | "enum") {
                    let pointer = format!("{pointer}/{}", escape(name));
                    walk(document, inner, &pointer, report);
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                walk(document, inner, &format!("{pointer}/{index}"), report);
            }
        }
        _ => {}
    }
}

fn resolve(document: &Value, target: &str, pointer: &str, report: &mut Report) {
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
