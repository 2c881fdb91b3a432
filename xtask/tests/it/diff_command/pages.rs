//! Snapshots of the report for typical edits of the document, and for typical
//! states of a version.

use serde_json::{Value, json};

use super::repository::{ENTRY, Repository, document, manifest, narrowed, property, text};

/// Returns the report for an edit without a changelog entry.
fn page(edit: impl FnOnce(&mut Value)) -> String {
    let repository = Repository::new();
    let mut changed = document();
    edit(&mut changed);
    repository.write("spec/gorgias.yaml", &text(&changed));
    let outcome = repository.diff(&["--format", "markdown"]);
    assert!(!outcome.output.is_empty(), "{outcome:?}");
    outcome.output
}

/// Returns the report for a document in a repository, with a changelog entry.
fn told(repository: &Repository, document: &Value) -> String {
    repository.write("spec/gorgias.yaml", &text(document));
    repository.write("CHANGELOG.md", &format!("{ENTRY}- It is shorter.\n"));
    let outcome = repository.diff(&["--format", "markdown"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    outcome.output
}

fn post(document: &mut Value) -> &mut Value {
    &mut document["paths"]["/parcels"]["post"]
}

macro_rules! pages {
    ($($name:ident: $edit:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(page($edit));
        }
    )*};
}

pages! {
    a_field_added: |document| {
        *property(document, "SendParcel", "weight") = json!({"type": "integer", "description": "In grams."});
    };
    a_value_added: |document| {
        document["components"]["schemas"]["Size"]["enum"] = json!(["small", "large", "huge"]);
    };
    a_field_required: |document| {
        document["components"]["schemas"]["SendParcel"]["required"] = json!(["to", "size"]);
    };
    a_field_renamed: |document| {
        let properties = &mut document["components"]["schemas"]["SendParcel"]["properties"];
        properties["remark"] = properties.as_object_mut().unwrap().remove("note").unwrap();
    };
    a_type_changed: |document| {
        *property(document, "Parcel", "id") = json!({"type": "string", "description": "Its number."});
    };
    an_operation_removed: |document| {
        document["paths"]["/parcels"].as_object_mut().unwrap().remove("get");
    };
    a_query_parameter_removed: |document| {
        document["paths"]["/parcels"]["get"]["parameters"].as_array_mut().unwrap().remove(0);
    };
    a_status_added: |document| {
        post(document)["responses"]["409"] = json!({"description": "It was sent before."});
    };
    a_description_changed: |document| {
        property(document, "Parcel", "id")["description"] = json!("Its own number.");
    };
    a_limit_lowered: |document| {
        property(document, "SendParcel", "to")["maxLength"] = json!(60);
    };
    a_null_refused: |document| {
        property(document, "SendParcel", "note")["nullable"] = json!(false);
    };
    a_path_added: |document| {
        let parcel = json!({"$ref": "#/components/schemas/Parcel"});
        document["paths"]["/parcels/last"] = json!({"get": {
            "operationId": "last_parcel",
            "summary": "Get the last parcel",
            "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": parcel}}}},
        }});
    };
    an_operation_id_removed: |document| {
        post(document).as_object_mut().unwrap().remove("operationId");
    };
}

#[test]
fn a_second_break_before_the_release() {
    let repository = Repository::with(&narrowed(), "0.2.0");
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    let mut changed = narrowed();
    property(&mut changed, "SendParcel", "to")["maxLength"] = json!(30);
    insta::assert_snapshot!(told(&repository, &changed));
}

#[test]
fn a_break_under_a_pre_release() {
    let repository = Repository::new();
    repository.write("Cargo.toml", &manifest("0.2.0-rc.1"));
    insta::assert_snapshot!(told(&repository, &narrowed()));
}

#[test]
fn a_break_before_the_first_release() {
    let repository = Repository::new();
    repository.git(&["tag", "--delete", "v0.1.0"]);
    insta::assert_snapshot!(told(&repository, &narrowed()));
}

#[test]
fn every_format_says_what_changed_and_what_it_needs() {
    let repository = Repository::new();
    let mut changed = narrowed();
    let id = property(&mut changed, "Parcel", "id");
    *id = json!({"type": "string", "description": "Its | number."});
    let description = &mut changed["paths"]["/parcels"]["post"]["summary"];
    *description = json!("Send <b>one</b> parcel");
    repository.write("spec/gorgias.yaml", &text(&changed));
    repository.write("CHANGELOG.md", ENTRY);
    for format in ["text", "markdown", "json", "github"] {
        let outcome = repository.diff(&["--format", format]);
        assert_eq!(outcome.code, 3, "{outcome:?}");
        insta::assert_snapshot!(format!("report_{format}"), outcome.output);
    }
    let draft = repository.diff(&["--changelog"]);
    insta::assert_snapshot!("report_changelog", draft.output);
}
