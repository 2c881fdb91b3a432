//! References: each must lead to something in the same document.

use serde_json::Value;

use super::Report;
use crate::sites::escape;

pub(super) fn check(document: &Value, report: &mut Report) {
    walk(document, document, &mut String::new(), report);
}

fn walk(document: &Value, value: &Value, pointer: &mut String, report: &mut Report) {
    let length = pointer.len();
    match value {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get("$ref") {
                resolve(document, target, pointer, report);
            }
            for (name, inner) in members {
                // Examples may hold anything, members called $ref included.
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
