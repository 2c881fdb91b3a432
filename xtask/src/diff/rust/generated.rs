//! Generates the crates of both documents in memory.

use std::thread::{self, ScopedJoinHandle};

use serde_json::Value;
use spec_codegen::generate;
use spec_codegen::lint::{Finding, Origin, Severity};
use spec_codegen::pipeline::{self, Failure};

use super::item::ApiItem;
use super::visit::public_items;
use crate::large_stack;

/// The public items of a crate, or the reason why it can't be generated.
type Listing = Result<Vec<ApiItem>, String>;

/// Lists the public items of both crates.
pub fn both(old: &Value, new: &Value, origin: Origin) -> (Listing, Listing) {
    thread::scope(|scope| {
        let start = |document, origin| large_stack::spawn(scope, move || listed(document, origin));
        // The old document may be older than our conventions.
        let (old, new) = (start(old, Origin::Foreign), start(new, origin));
        (joined(old), joined(new))
    })
}

/// Returns the result of a thread. A panic counts as a refusal, because the generator panics on
/// some documents.
fn joined(thread: std::io::Result<ScopedJoinHandle<'_, Listing>>) -> Listing {
    match thread.map(ScopedJoinHandle::join) {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => Err(format!(
            "the generator panicked: {}",
            generate::panic_message(&*panic).unwrap_or("it gave no reason")
        )),
        Err(error) => Err(format!("the generator could not be started: {error}")),
    }
}

fn listed(document: &Value, origin: Origin) -> Listing {
    let code = pipeline::code(document, origin).map_err(|failure| reason(&failure))?;
    Ok(public_items(&code.modules))
}

/// Returns the first error of the lint with its place and remedy, or another failure.
fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Refused(findings) => {
            let is_error = |finding: &&Finding| finding.severity == Severity::Error;
            let mut errors = findings.iter().filter(is_error);
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
        Failure::Failed(_) => failure.to_string(),
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
        assert_eq!(public_items(&code.modules), public_items(&printed));
    }

    #[test]
    fn a_panic_is_an_answer() {
        let result = thread::scope(|scope| {
            let thread = thread::Builder::new().spawn_scoped(scope, || panic!("too deep"));
            joined(thread)
        });
        assert_eq!(result.unwrap_err(), "the generator panicked: too deep");
    }
}
