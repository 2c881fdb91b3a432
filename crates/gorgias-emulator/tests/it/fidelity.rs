//! Compares the table of faults in FIDELITY.md with the catalogue.
//!
//! `UPDATE_FIDELITY=1 cargo test -p gorgias-emulator --test it fidelity` writes it.

use std::fmt::Write as _;
use std::path::Path;

use gorgias_emulator::{Fidelity, catalogue};

const START: &str = "<!-- faults: written from the catalogue by a test -->\n";

fn table() -> String {
    let mut table = String::from(
        "\n| fault | name | what happens | applied | faithful on a socket |\n|---|---|---|---|---|\n",
    );
    for info in catalogue() {
        let applied = if info.is_ambiguous() {
            "open"
        } else {
            "decided"
        };
        let faithful = match info.fidelity() {
            Fidelity::Faithful => "yes",
            Fidelity::Approximation(how) => how,
            _ => panic!("{} has another fidelity", info.id()),
        };
        let (id, name, summary) = (info.id(), info.name(), info.summary());
        writeln!(
            table,
            "| {id} | `{name}` | {summary} | {applied} | {faithful} |"
        )
        .unwrap();
    }
    table
}

#[test]
fn the_table_of_faults_is_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FIDELITY.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, written) = text.split_once(START).expect("a table of faults");
    if std::env::var_os("UPDATE_FIDELITY").is_some() {
        std::fs::write(&path, format!("{before}{START}{}", table())).unwrap();
        return;
    }
    assert!(
        written == table(),
        "FIDELITY.md is stale; UPDATE_FIDELITY=1 cargo test -p gorgias-emulator --test it fidelity"
    );
}
