//! Reads the small documents of the tests.

use std::{fs, path::Path};

use serde_json::Value;
use spec_model::load;

/// The start of a document that doesn't have its own.
const HEAD: &str = "openapi: 3.0.3\ninfo: { title: Golden, version: '1' }\n";

/// Returns the documents in a folder, with their names.
pub fn documents_in(folder: &Path) -> Vec<(String, Value)> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let text = match text.contains("openapi:") {
                true => text,
                false => format!("{HEAD}{text}"),
            };
            let document = load::parse(&text).unwrap_or_else(|error| panic!("{name}: {error:#}"));
            documents.push((name, document));
        }
    }
    documents.sort_by(|(one, _), (other, _)| one.cmp(other));
    documents
}
