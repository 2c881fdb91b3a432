//! Checks that additions to the document break no program.
//!
//! Each addition is generated into a module of one crate, and a second crate
//! compiles the same program against every module. It is a crate of its own
//! because `#[non_exhaustive]` binds other crates only.

mod every;

use std::{fmt::Write as _, fs, path::Path, process::Command};

use serde_json::{Value, json};
use spec_codegen::{lint::Origin, pipeline};
use spec_model::load;
use xtask::workspace;

/// Changes that must be additions, by name.
type Addition = (&'static str, fn(&mut Value));

const ADDITIONS: [Addition; 9] = [
    ("unchanged", |_| {}),
    ("optional_field", |document| {
        let field = json!({"type": "string", "nullable": true, "description": "New."});
        properties(document, "CreateTicket").insert("aaa".into(), field.clone());
        properties(document, "CreateMessage").insert("zzz".into(), field);
    }),
    ("enum_value", |document| {
        for name in ["Channel", "Via", "TicketStatus", "SourceType"] {
            let schema = &mut document["components"]["schemas"][name];
            let values = schema["x-extensible-enum"].as_array_mut().unwrap();
            values.insert(0, "aardvark".into());
        }
    }),
    ("closed_enum_value", |document| {
        let order = &mut document["components"]["schemas"]["TicketOrder"]["enum"];
        order
            .as_array_mut()
            .unwrap()
            .insert(0, "subject:asc".into());
    }),
    ("query_parameter", |document| {
        for (path, at) in [("/api/tickets", 0), ("/api/tickets/{id}", 0)] {
            let parameters = &mut document["paths"][path]["get"]["parameters"];
            parameters.as_array_mut().unwrap().insert(
                at,
                json!({"name": "aaa", "in": "query", "description": "New.",
                       "schema": {"type": "integer", "maximum": 3}}),
            );
        }
    }),
    ("response_field", |document| {
        let field = json!({"type": "integer", "description": "New."});
        for name in ["Ticket", "TicketMessage", "TicketCompact", "TicketList"] {
            properties(document, name).insert("aaa".into(), field.clone());
        }
    }),
    ("request_type_in_a_response", |document| {
        let order = json!({"allOf": [{"$ref": "#/components/schemas/TicketOrder"}],
                           "description": "New."});
        properties(document, "Ticket").insert("order".into(), order);
        let order = &mut document["components"]["schemas"]["TicketOrder"];
        let values = order.as_object_mut().unwrap().shift_remove("enum").unwrap();
        order["x-extensible-enum"] = values;
    }),
    ("operation", |document| {
        document["paths"]["/api/tickets/{id}"]["delete"] = json!({
            "operationId": "delete_ticket", "summary": "Delete a ticket",
            "responses": {"204": {"description": "Gone."}},
        });
    }),
    ("operation_with_types", |document| {
        document["paths"]["/api/tags"] = json!({"post": {
            "operationId": "create_tag", "summary": "Create a tag",
            "requestBody": {"content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/CreateTag"}}}},
            "responses": {"201": {"description": "Made.", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/TicketTag"}}}}},
        }});
    }),
];

fn properties<'a>(document: &'a mut Value, name: &str) -> &'a mut serde_json::Map<String, Value> {
    let properties = &mut document["components"]["schemas"][name]["properties"];
    properties.as_object_mut().unwrap()
}

#[test]
fn additions_to_the_document_compile_with_the_same_program() {
    let root = workspace::find().unwrap();
    let document = load::document(&root.join(workspace::DOCUMENT)).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("additive");
    let _ = fs::remove_dir_all(folder.join("generated"));
    let _ = fs::remove_dir_all(folder.join("user"));

    let mut library = String::from("#![allow(warnings)]\npub mod support;\n");
    let mut user = String::from("#![allow(warnings)]\n");
    for (name, add) in ADDITIONS.into_iter().chain(every::ADDITIONS) {
        let mut changed = document.clone();
        add(&mut changed);
        let output = pipeline::run(&changed, Origin::Own)
            .unwrap_or_else(|failure| panic!("{name}: {failure}"));
        for source in output.sources {
            let path = folder.join("generated/src").join(name).join(source.name);
            write(&path, &source.text);
        }
        writeln!(library, "pub mod {name};").unwrap();
        let program = "include!(\"user.rs\");";
        writeln!(
            user,
            "mod {name} {{ use generated::{name} as api; {program} }}"
        )
        .unwrap();
    }

    let output =
        pipeline::run(&document, Origin::Own).unwrap_or_else(|failure| panic!("{failure}"));
    let standalone = folder.join("generated");
    for file in xtask::standalone::files(&root, &standalone, output).unwrap() {
        let path = file.path.strip_prefix(&standalone).unwrap();
        if path.starts_with("src/support") {
            write(&file.path, &file.text.unwrap());
        } else if path == Path::new("Cargo.toml") {
            let manifest = file.text.unwrap().replace("generated-client", "generated");
            let members = "[workspace]\nmembers = [\"../user\"]\n";
            write(&file.path, &manifest.replace("[workspace]\n", members));
        }
    }
    write(&standalone.join("src/lib.rs"), &library);
    write(&folder.join("user/src/lib.rs"), &user);
    write(
        &folder.join("user/src/user.rs"),
        include_str!("additive/user.rs"),
    );
    write(
        &folder.join("user/Cargo.toml"),
        "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         workspace = \"../generated\"\n\n[dependencies]\n\
         generated = { path = \"../generated\" }\n\
         serde = \"1\"\nserde_json = \"1\"\n",
    );
    fs::copy(root.join("Cargo.lock"), standalone.join("Cargo.lock")).unwrap();

    let check = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--package", "user", "--manifest-path"])
        .arg(standalone.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(folder.join("target"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{errors}");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
