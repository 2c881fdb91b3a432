//! Checks the conventions of our own document, and its marks (`marks.rs`). The conventions keep
//! the generated API readable and easy to extend.

use serde_json::Value;
use spec_model::{
    MessageComponents, at, component, escape, is_true, list, members, reference,
    sites::{Root, Site},
};

use super::Report;
use crate::{
    lower::MULTIPART,
    marks::{ATTACHMENT_URL, EMAIL_ADDRESS, MAIL_HEADER, RESOURCE, UNPROVEN},
    names,
};

pub(super) fn check(
    document: &Value,
    sites: &[Site],
    components: &MessageComponents,
    report: &mut Report,
) {
    operations(document, report);
    for site in sites {
        let Some(schema) = at(document, &site.pointer) else {
            continue;
        };
        anonymous(site, schema, report);
        described(site, schema, report);
        closed_view(document, site, schema, report);
        closed_when_read(site, schema, components, report);
        marked(site, schema, report);
    }
    for name in components.requests.intersection(&components.responses) {
        let pointer = format!("/components/schemas/{}", escape(name));
        if document.pointer(&format!("{pointer}/properties")).is_some() {
            report.convention(
                pointer,
                format!("{name} is both sent and received"),
                "describe request and response apart, so that each can change alone",
            );
        }
    }
}

fn operations(document: &Value, report: &mut Report) {
    for operation in spec_model::operations(document) {
        let base = operation.pointer();
        if let Some(id) = text(operation.value, "operationId")
            && id != names::snake(id)
        {
            report.convention(
                format!("{base}/operationId"),
                format!("the operationId {id:?} is not in snake case"),
                "write it as the method is to be called, such as create_ticket",
            );
        }
        if text(operation.value, "summary").is_none() {
            report.convention(
                &base,
                "the operation has no summary",
                "say in one line what it does",
            );
        }
        for (index, parameter) in list(operation.value, "parameters") {
            if parameter.get("$ref").is_none() && text(parameter, "description").is_none() {
                report.convention(
                    format!("{base}/parameters/{index}"),
                    "the parameter has no description",
                    "say what it does and what happens without it",
                );
            }
        }
    }
}

fn is_component(site: &Site) -> bool {
    site.is_root && matches!(site.root, Root::Component(_))
}

/// Checks that objects and enums are components, which have a name.
fn anonymous(site: &Site, schema: &Value, report: &mut Report) {
    // No type is generated for the parts of a multipart body.
    let is_in_multipart = site.pointer.contains(&format!("/{}/", escape(MULTIPART)));
    if is_component(site) || is_in_multipart {
        return;
    }
    let is_object = members(schema, "/properties").next().is_some();
    let is_enum = schema.get("enum").is_some() || schema.get("x-extensible-enum").is_some();
    if is_object || is_enum {
        report.convention(
            &site.pointer,
            format!(
                "the {} has no name, and its type would be called by its path",
                if is_object { "object" } else { "enum" }
            ),
            "move it to components/schemas and refer to it",
        );
    }
}

fn described(site: &Site, schema: &Value, report: &mut Report) {
    if !is_component(site) && site.property.is_none() {
        return;
    }
    if schema.get("$ref").is_some() {
        report.convention(
            &site.pointer,
            "a bare reference leaves no room for a description",
            "write `allOf: [{$ref: …}]` with a description beside it",
        );
    } else if text(schema, "description").is_none() {
        report.convention(
            &site.pointer,
            "there is no description",
            "say what it is, its limits, and what happens when it is omitted",
        );
    }
}

/// Checks a closed view, an enum beside a reference to an open enum: it may list only known
/// values of the open enum.
fn closed_view(document: &Value, site: &Site, schema: &Value, report: &mut Report) {
    let (Some(open), Some(_)) = (reference(schema), schema.get("enum")) else {
        return;
    };
    let target = component(document, open);
    let known = ["x-extensible-enum", "enum"]
        .iter()
        .find_map(|keyword| target?.get(keyword)?.as_array());
    let Some(known) = known else {
        report.refuse(
            &site.pointer,
            format!("the enum narrows {open}, which is no open enum"),
            "give that component `x-extensible-enum`, or write this enum without allOf",
        );
        return;
    };
    for (index, value) in list(schema, "enum") {
        if !known.contains(value) {
            report.refuse(
                format!("{}/enum/{index}", site.pointer),
                format!("the value {value} is not among the known values of {open}"),
                "add it to the open enum too, or correct its spelling",
            );
        }
    }
}

/// Checks that enums in responses are open.
fn closed_when_read(
    site: &Site,
    schema: &Value,
    components: &MessageComponents,
    report: &mut Report,
) {
    let Root::Component(name) = &site.root else {
        return;
    };
    let is_enum = text(schema, "type") == Some("string") && schema.get("enum").is_some();
    if site.is_root && is_enum && components.responses.contains(&**name) {
        report.convention(
            format!("{}/enum", site.pointer),
            format!("{name} is received, and the service may add values to it"),
            "write `x-extensible-enum`; narrow it for requests with allOf and enum",
        );
    }
}

/// Checks the marks of a schema.
fn marked(site: &Site, schema: &Value, report: &mut Report) {
    for mark in [
        UNPROVEN,
        RESOURCE,
        MAIL_HEADER,
        ATTACHMENT_URL,
        EMAIL_ADDRESS,
    ] {
        let value = schema.get(mark);
        if value.is_some() && !is_true(value) {
            report.convention(
                format!("{}/{mark}", site.pointer),
                format!("the mark {mark} is not true"),
                "write `true`, or leave it out",
            );
        }
    }
    let has = |mark: &str| schema.get(mark).is_some();
    let has_id = list(schema, "required").any(|(_, name)| name == "id");
    if has(RESOURCE) && !has_id {
        report.refuse(
            format!("{}/{RESOURCE}", site.pointer),
            format!("what is marked {RESOURCE} has no `id` that is required"),
            "take the mark off, or add `id` to `required`",
        );
    }
    let is_text = text(schema, "type") == Some("string");
    let is_map = text(schema, "type") == Some("object") && !has("properties");
    for (mark, fits) in [
        (MAIL_HEADER, is_text || is_map),
        (ATTACHMENT_URL, is_text),
        (EMAIL_ADDRESS, is_text),
    ] {
        if has(mark) && !fits {
            report.convention(
                format!("{}/{mark}", site.pointer),
                format!("what is marked {mark} is no text"),
                "mark the texts in it",
            );
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty())
}
