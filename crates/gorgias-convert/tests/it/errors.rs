//! Inputs that are not what they should be.

use std::fs;

use gorgias_convert::Conversion;

use crate::support::Export;

fn failure(conversion: &Conversion) -> String {
    let error = conversion.run(&mut Vec::new(), &()).unwrap_err();
    assert!(error.is_input());
    error.to_string()
}

#[test]
fn files_of_another_kind_are_refused_with_a_way_out() {
    let export = Export::new(&[]);
    let path = export.path("in");
    for (content, said) in [
        (&b"\x1f\x8b\x08\0"[..], "gunzip"),
        (b"PK\x03\x04", "ZIP archive"),
        (b"\xff\xfe{\0}\0", "iconv"),
        (b"{\0}\0", "iconv"),
    ] {
        fs::write(&path, content).unwrap();
        for conversion in [Conversion::zendesk(&path), Conversion::csv(&path)] {
            let error = failure(&conversion);
            assert!(error.contains(said), "{error}");
        }
    }
    let missing = export.path("missing");
    assert!(failure(&Conversion::zendesk(&missing)).ends_with("missing can't be read"));
    assert!(failure(&Conversion::zendesk(export.path(""))).ends_with("is a folder"));
    fs::write(&path, "").unwrap();
    assert!(failure(&Conversion::csv(&path)).ends_with("is empty"));
}

#[test]
fn a_csv_file_without_ids_is_refused() {
    let (_export, conversion) = Export::csv("Frage\nWarum?\n", "");
    let error = failure(&conversion);
    assert!(
        error.contains("csv.columns.id") && error.contains("csv.group"),
        "{error}"
    );
}

#[test]
fn an_output_that_fails_ends_it() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let (_export, conversion) = Export::csv("id,text\n1,Hello.\n", "");
    let error = conversion.run(&mut Full, &()).unwrap_err();
    assert!(!error.is_input() && error.output_error().is_some());
}
