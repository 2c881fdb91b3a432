//! Measures the time of `regen` and `diff` for documents of different sizes, beside the time of
//! progenitor alone.
//!
//! Progenitor alone generates code from the unchanged document, and the code is parsed and
//! printed. Both sides run in one process, in the order ours, theirs, theirs, ours. The figure
//! is the median of the ratios. Neither side reads files or parses the document. The build
//! profile is the profile of this program, with which `cargo xtask` also runs `regen`.

use std::{hint::black_box, panic, path::Path, thread, time::Instant};

use anyhow::{Context as _, Result, ensure};
use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde::Deserialize as _;
use serde_json::{Value, json};
use spec_codegen::{
    lint::Origin,
    pipeline,
    supported::{self, Skipped},
};
use spec_model::{load, sample};

use super::{Measure, Unit, measure::median};
use crate::{diff::rust, large_stack, workspace::DOCUMENT};

/// The number of operations of each made-up document, and the number of repetitions.
const SIZES: [(usize, usize); 3] = [(10, 9), (100, 3), (1000, 1)];

/// The most time that the pipeline may take, as a multiple of progenitor's.
const MOST: f64 = 1.5;

/// The most time per operation of the largest document, as a multiple of the time per
/// operation of the middle document. A quadratic step would take ten times as long. Some
/// growth is expected, because the data of the largest document exceeds the caches of the
/// processor.
const GROWTH: f64 = 2.0;

/// Measures all documents.
///
/// # Errors
///
/// If a document can't be read, or no code can be generated from it.
pub fn run(root: &Path) -> Result<Vec<Measure>> {
    large_stack::run(|| measure(root)).context("a measurement panicked")?
}

fn measure(root: &Path) -> Result<Vec<Measure>> {
    let mut own = load::document(&root.join(DOCUMENT))?;
    leave_out_uploads(&mut own);
    let mut measures = Vec::new();
    let (mut regen, mut diff, mut on_wire, mut alone) = (vec![], vec![], vec![], vec![]);
    compare("our document", &own, 9, &mut measures)?;
    for (operations, repetitions) in SIZES {
        let name = format!("{operations} operations");
        let document = sample::with_operations(operations);
        let times = compare(&name, &document, repetitions, &mut measures)?;
        for (all, time) in [
            (&mut regen, times.regen),
            (&mut diff, times.diff),
            (&mut on_wire, times.wire),
            (&mut alone, times.progenitor),
        ] {
            all.push(time / f64::from(u32::try_from(operations)?));
        }
    }
    for (name, per_operation, most) in [
        ("regen", regen, Some(GROWTH)),
        ("diff", diff, Some(GROWTH)),
        ("diff --no-rust", on_wire, Some(GROWTH)),
        ("progenitor", alone, None),
    ] {
        let [_, middle, largest] = per_operation[..] else {
            continue;
        };
        let name = format!("{name}/per operation, of 1,000 to of 100");
        let growth = Measure::new(name, Unit::Ratio, largest / middle);
        measures.push(match most {
            Some(most) => growth.at_most(most),
            None => growth,
        });
    }
    Ok(measures)
}

/// The lowest seconds of all repetitions.
struct Times {
    regen: f64,
    diff: f64,
    wire: f64,
    progenitor: f64,
}

/// Measures the generation from a document, and its comparison with a later revision.
fn compare(
    name: &str,
    old: &Value,
    repetitions: usize,
    measures: &mut Vec<Measure>,
) -> Result<Times> {
    eprintln!("measuring {name}");
    let new = revised(old);
    let regen = || {
        pipeline::run(old, Origin::Foreign).map_err(|failure| anyhow::anyhow!("{failure}"))?;
        anyhow::Ok(())
    };
    let alone = || progenitor(old).map(drop);
    let whole_diff = || {
        let wire = spec_diff::compare(old, &new);
        let rust = rust::compare(old, &new, Origin::Foreign, &wire);
        ensure!(!rust.changes.is_empty(), "no change was found");
        Ok(())
    };
    // The comparison generates on two threads, so progenitor runs on two threads too.
    let both = || {
        thread::scope(|scope| {
            let other = large_stack::spawn(scope, || progenitor(&new).map(drop))?;
            progenitor(old)?;
            other
                .join()
                .unwrap_or_else(|panic| panic::resume_unwind(panic))
        })
    };
    let one = paired(repetitions, regen, alone)?;
    let two = paired(repetitions, whole_diff, both)?;
    let mut wire = f64::MAX;
    for _ in 0..3 {
        wire = wire.min(time(|| {
            black_box(spec_diff::compare(old, &new));
            Ok(())
        })?);
    }
    measures.extend([
        Measure::new(format!("regen/{name}"), Unit::Seconds, one.ours),
        Measure::new(
            format!("regen/{name}, of progenitor"),
            Unit::Ratio,
            one.ratio,
        )
        .at_most(MOST),
        Measure::new(format!("diff/{name}"), Unit::Seconds, two.ours),
        Measure::new(
            format!("diff/{name}, of progenitor twice"),
            Unit::Ratio,
            two.ratio,
        )
        .at_most(MOST),
    ]);
    Ok(Times {
        regen: one.ours,
        diff: two.ours,
        wire,
        progenitor: one.theirs,
    })
}

/// Leaves out the operations with bodies that progenitor alone refuses.
fn leave_out_uploads(document: &mut Value) {
    let uploads = spec_model::operations(document).filter(|operation| {
        let content = "/requestBody/content/multipart~1form-data";
        operation.value.pointer(content).is_some()
    });
    let uploads: Vec<Skipped> = uploads
        .map(|upload| Skipped {
            method: upload.method,
            path: upload.path.to_owned(),
            reason: String::new(),
        })
        .collect();
    supported::without(document, &uploads);
}

/// Generates and prints code with progenitor alone.
fn progenitor(document: &Value) -> Result<String> {
    let document = OpenAPI::deserialize(document)?;
    let mut settings = GenerationSettings::default();
    settings.with_interface(InterfaceStyle::Builder);
    let tokens = Generator::new(&settings).generate_tokens(&document)?;
    Ok(prettyplease::unparse(&syn::parse2(tokens)?))
}

/// Returns a revision with one more optional property in a few components.
fn revised(document: &Value) -> Value {
    const CHANGES: usize = 5;
    let mut revised = document.clone();
    let schemas = revised
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    let objects = schemas.into_iter().flat_map(|schemas| schemas.values_mut());
    let properties = objects.filter_map(|schema| schema.get_mut("properties")?.as_object_mut());
    for properties in properties.take(CHANGES) {
        properties.insert("a_new_one".to_owned(), json!({"type": "string"}));
    }
    revised
}

/// The lowest seconds of our pipeline and of progenitor.
struct Paired {
    ours: f64,
    theirs: f64,
    /// The median of the ratios, of ours to theirs.
    ratio: f64,
}

/// Measures our pipeline and progenitor in turn.
fn paired(
    repetitions: usize,
    ours: impl Fn() -> Result<()>,
    theirs: impl Fn() -> Result<()>,
) -> Result<Paired> {
    let mut ratios = Vec::with_capacity(repetitions);
    let mut best = (f64::MAX, f64::MAX);
    for _ in 0..repetitions {
        let first = time(&ours)?;
        let alone = (time(&theirs)?, time(&theirs)?);
        let second = time(&ours)?;
        ratios.push((first + second) / (alone.0 + alone.1));
        best.0 = best.0.min(first).min(second);
        best.1 = best.1.min(alone.0).min(alone.1);
    }
    Ok(Paired {
        ours: best.0,
        theirs: best.1,
        ratio: median(ratios),
    })
}

fn time(run: impl Fn() -> Result<()>) -> Result<f64> {
    let start = Instant::now();
    run()?;
    Ok(start.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_documents_have_as_many_operations_as_asked_for() {
        for (operations, _) in SIZES {
            let document = sample::with_operations(operations);
            assert_eq!(spec_model::operations(&document).count(), operations);
            assert_ne!(revised(&document), document);
        }
    }

    #[test]
    fn the_smallest_document_is_one_that_both_sides_take() {
        let result = large_stack::run(|| {
            compare(
                "10 operations",
                &sample::with_operations(10),
                1,
                &mut Vec::new(),
            )
        });
        assert!(result.is_some_and(|times| times.is_ok_and(|times| times.regen > 0.0 && times.diff > 0.0)));
    }
}
