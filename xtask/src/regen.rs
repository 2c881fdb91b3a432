//! The command `regen`: writes the files that are generated from the document, or says which
//! files are stale.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use spec_codegen::{
    generate, json_schema,
    lint::Origin,
    pipeline::{self, Failure, Output},
    setters, supported,
};
use spec_diff::rules_page;
use spec_model::load;

use crate::{
    files::{GeneratedFile, sources, texts, write_or_check},
    findings, standalone, strict_types, workspace,
};

/// Generate code and the outline from the document
///
/// Without options, reads spec/gorgias.yaml and writes the generated parts of
/// gorgias-api and gorgias, the types of the benchmark, the outline, the
/// emulator's copy of the document, the schema of a line of an import, and
/// docs/spec-diff-rules.md. Only files that changed are written.
///
/// Exit codes: 0 up to date or written, 4 stale (with --check), 1 failure.
#[derive(clap::Args, Debug, Default)]
pub struct Arguments {
    /// Write nothing; show the differences to the files as a diff, and exit
    /// with 4 if there are any
    #[arg(long)]
    check: bool,
    /// Another document, JSON or YAML; needs --out
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// The folder for a standalone crate with the generated code
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Leave out the operations of another document that the generator refuses,
    /// and list them
    #[arg(long, requires = "spec")]
    skip_unsupported: bool,
}

impl Arguments {
    fn origin(&self) -> Origin {
        match self.spec {
            Some(_) => Origin::Foreign,
            None => Origin::Own,
        }
    }
}

/// Runs the command.
///
/// # Errors
///
/// If a stage of the generator fails, or a file can't be read or written.
pub fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode> {
    let start = Instant::now();
    generate::silence_panics();
    let files = match files(arguments, root) {
        Ok(files) => files,
        Err(Failure::Refused(found)) => {
            findings::show(&found, arguments.origin());
            bail!("the document was refused");
        }
        Err(Failure::Failed(error)) => return Err(error),
    };
    let code = write_or_check(root, &files, arguments.check, "generated files", "regen")?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{:>12} in {seconds:.2} s", "Finished");
    Ok(code)
}

/// Returns the files that are generated from the document.
fn files(arguments: &Arguments, root: &Path) -> Result<Vec<GeneratedFile>, Failure> {
    let own = root.join(workspace::DOCUMENT);
    let spec = arguments.spec.as_deref().unwrap_or(&own);
    let mut document = load::document(spec)?;
    let origin = arguments.origin();
    let skipped = match arguments.skip_unsupported {
        true => supported::leave_out(&mut document)?,
        false => Vec::new(),
    };
    let output = pipeline::run(&document, origin)?;
    findings::show(&output.warnings, origin);
    if !skipped.is_empty() {
        eprintln!("{:>12} {} operations", "Left out", skipped.len());
    }
    for skipped in skipped {
        eprintln!("    {skipped}");
    }
    match &arguments.out {
        Some(folder) => Ok(standalone::files(root, folder, output)?),
        None => Ok(own_files(root, &document, output)?),
    }
}

/// Returns the files that are generated from our own document.
pub fn own_files(root: &Path, document: &Value, output: Output) -> Result<Vec<GeneratedFile>> {
    let generated = root.join("crates/gorgias-api/src/generated");
    let gorgias = root.join("crates/gorgias/src");
    let mut files = sources(&generated, output.sources)?;
    let types = output.types.context("the client has no types")?;
    let generated = gorgias.join("generated");
    let setters = setters::generate(document, &types, &texts(&gorgias, &generated)?)?;
    files.extend(sources(&generated, setters)?);
    let generated = root.join("crates/bench-programs/src/generated");
    files.extend(sources(&generated, strict_types::sources(&types))?);
    files.push(GeneratedFile::new(
        root.join("spec/outline.txt"),
        output.outline,
    ));
    for (path, value) in [
        ("crates/gorgias-emulator/src/document.json", document),
        (
            "crates/gorgias-import/src/generated/line.schema.json",
            &line_schema(document),
        ),
    ] {
        // `#` indents the JSON.
        files.push(GeneratedFile::new(root.join(path), format!("{value:#}\n")));
    }
    files.push(GeneratedFile::new(
        root.join(rules_page::FILE),
        rules_page::page(),
    ));
    Ok(files)
}

/// Returns the schema of a line of an import: the body of a ticket to create,
/// with an external id.
fn line_schema(document: &Value) -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of an import into Gorgias",
    });
    let body = json_schema::of_component(document, "CreateTicket");
    if let (Some(schema), Value::Object(body)) = (schema.as_object_mut(), body) {
        schema.extend(body);
        schema.insert("required".to_owned(), json!(["external_id", "messages"]));
        let id = json!({"type": "string", "minLength": 1, "maxLength": 255});
        if let Some(own) = schema
            .get_mut("properties")
            .and_then(|all| all.get_mut("external_id"))
        {
            let description = own.get("description").cloned();
            *own = id;
            own["description"] = description.unwrap_or_default();
        }
    }
    schema
}
