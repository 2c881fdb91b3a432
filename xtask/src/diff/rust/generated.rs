//! Generates the crates of both documents in memory.

use std::thread::{self, ScopedJoinHandle};

use serde_json::Value;
use spec_codegen::generate;
use spec_codegen::lint::{self, Finding, Origin, Severity};
use spec_codegen::pipeline::{self, Failure};

use super::api::Api;
use crate::large_stack;

/// Returns the public items of both crates, or why a crate can't be generated.
pub fn both(
    old: &Value,
    new: &Value,
    origin: Origin,
) -> (Result<Api, String>, Result<Api, String>) {
    thread::scope(|scope| {
        let start = |document, origin| large_stack::spawn(scope, move || listed(document, origin));
        // The old document may be older than our conventions.
        let (old, new) = (start(old, Origin::Foreign), start(new, origin));
        (joined(old), joined(new))
    })
}

/// Returns the result of a thread. A panic is a refusal, because the
/// generator's dependencies panic on some documents.
fn joined(
    thread: std::io::Result<ScopedJoinHandle<'_, Result<Api, String>>>,
) -> Result<Api, String> {
    match thread.map(ScopedJoinHandle::join) {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => Err(shortened(&format!(
            "the generator gave up: {}",
            generate::said(&*panic).unwrap_or("without a word")
        ))),
        Err(error) => Err(format!("the generator could not be started: {error}")),
    }
}

fn listed(document: &Value, origin: Origin) -> Result<Api, String> {
    // Our conventions apply to our own document only. The pipeline runs as for
    // a foreign one, so that a pass without work is no error; `regen` reports
    // that.
    if origin == Origin::Own {
        let findings = lint::lint(document, origin);
        if findings.iter().any(is_error) {
            return Err(reason(&Failure::Refused(findings)));
        }
    }
    let code = pipeline::code(document, Origin::Foreign).map_err(|failure| reason(&failure))?;
    Ok(Api::of(&code.modules))
}

/// Returns the text on one line, cut to 300 characters, because the generator
/// may quote a whole schema.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 300;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => line.get(..end).unwrap_or_default().to_owned() + "…",
        None => line,
    }
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// Returns the first error of the lint, with its place and remedy.
fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Refused(findings) => {
            let mut errors = findings.iter().filter(|finding| is_error(finding));
            let Some(first) = errors.next() else {
                return failure.to_string();
            };
            let more = match errors.count() {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            let Finding {
                message,
                pointer,
                remedy,
                ..
            } = first;
            format!("{message} at #{pointer}; {remedy}{more}")
        }
        Failure::Failed(error) => shortened(&format!("{error:#}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::workspace;

    #[test]
    fn a_refusal_names_the_place_and_the_remedy() {
        let document = json!({
            "openapi": "3.0.3", "info": {"title": "", "version": "1"},
            "paths": {"/a": {"get": {"responses": {"200": {"description": ""}}}}},
        });
        let (old, _) = both(&document, &document, Origin::Foreign);
        let reason = old.unwrap_err();
        assert!(reason.contains("at #/paths/~1a/get;"), "{reason}");
        assert!(reason.contains("add an operationId"), "{reason}");
    }

    #[test]
    fn a_document_that_would_be_merged_without_end_is_refused() {
        let holds = |name: &str| {
            let itself = json!({"$ref": format!("#/components/schemas/{name}")});
            json!({"type": "object", "properties": {"inner": itself}})
        };
        let both = json!({"allOf": [
            {"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"},
        ]});
        let document = json!({
            "openapi": "3.0.3", "info": {"title": "", "version": "1"}, "paths": {},
            "components": {"schemas": {"A": holds("A"), "B": holds("B"), "Both": both}},
        });
        let (old, new) = super::both(&document, &document, Origin::Foreign);
        for result in [old, new] {
            let reason = result.unwrap_err();
            assert!(reason.contains("at #/components/schemas/Both;"), "{reason}");
            assert!(reason.contains("in one part only"), "{reason}");
        }
    }

    #[test]
    fn what_the_generator_says_at_length_is_cut() {
        assert_eq!(shortened("a\n  b"), "a b");
        assert_eq!(shortened(&"é".repeat(400)).chars().count(), 301);
    }

    #[test]
    fn what_is_listed_is_what_is_printed() {
        let document =
            spec_model::load::document(&workspace::find().unwrap().join(workspace::DOCUMENT));
        let document = document.unwrap();
        let code = pipeline::code(&document, Origin::Own).unwrap_or_else(|_| panic!("refused"));
        let printed = spec_codegen::emit::emit(&code.modules);
        let printed = printed.iter().zip(&code.modules);
        let printed = printed.map(|(source, module)| spec_codegen::emit::Module {
            name: module.name.clone(),
            code: syn::parse_file(&source.text).unwrap(),
        });
        let printed: Vec<_> = printed.collect();
        let (listed, printed) = (Api::of(&code.modules), Api::of(&printed));
        assert_eq!(listed, printed);
    }

    #[test]
    fn a_panic_is_an_answer() {
        let result = thread::scope(|scope| {
            let thread = thread::Builder::new().spawn_scoped(scope, || panic!("too deep"));
            joined(thread)
        });
        assert_eq!(result.unwrap_err(), "the generator gave up: too deep");
    }
}
