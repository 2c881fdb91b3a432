//! Checks the code that is generated from small documents, each with one
//! construct.
//!
//! The code is checked in next to each document, as a file that
//! `goldens_compile.rs` or `constructs.rs` compiles. CONTRIBUTING says how to
//! refresh it.

use std::{fs, path::Path};

use spec_codegen::{emit::Source, lint::Origin, pipeline};

use crate::documents::documents_in;

#[test]
fn documents_become_the_code_beside_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    let documents = documents_in(&folder);
    assert!(documents.len() > 10, "{documents:?}");

    let compiled = ["goldens_compile.rs", "constructs.rs"]
        .map(|name| fs::read_to_string(folder.with_file_name("it").join(name)).unwrap())
        .concat();
    for (name, document) in documents {
        let output = pipeline::run(&document, Origin::Foreign)
            .unwrap_or_else(|failure| panic!("{name}: {failure}"));
        expectorate::assert_contents(folder.join(format!("{name}.rs")), &joined(output.sources));
        assert!(
            compiled.contains(&format!("goldens/{name}.rs\"")),
            "{name}.rs is not compiled: list it in goldens_compile.rs or constructs.rs"
        );
    }
}

/// Returns the sources as one file, each module in place of its declaration.
fn joined(sources: Vec<Source>) -> String {
    let mut sources = sources.into_iter();
    let mut whole = sources.next().unwrap().text;
    for source in sources {
        let name = source.name.trim_end_matches(".rs");
        let declaration = format!("mod {name};");
        assert!(whole.contains(&declaration), "{declaration}");
        let body = source.text.replace("\n//!", "\n//");
        whole = whole.replace(&declaration, &format!("mod {name} {{\n{body}}}"));
    }
    whole
}
