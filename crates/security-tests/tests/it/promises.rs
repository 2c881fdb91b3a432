//! Checks that the tests named in SECURITY.md exist.

use std::path::Path;

/// The rows of the table of promises.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter(|line| line.starts_with("| T"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

/// The texts in backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Whether a Rust file has a test with this name.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(index, line)| {
        let is_it = line.contains(&format!("fn {name}("));
        let above = lines[..index].iter().rev();
        let attributes = above.take_while(|line| line.starts_with("#[") || line.starts_with("///"));
        is_it
            && attributes
                .into_iter()
                .any(|line| line.ends_with("test]") || line.contains("::test("))
    })
}

#[test]
fn every_promise_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let rows = rows(&text);
    let numbers: Vec<_> = rows.iter().map(|row| row[0].to_owned()).collect();
    let expected: Vec<_> = (1..=29).map(|number| format!("T{number}")).collect();
    assert_eq!(numbers, expected);
    for row in rows {
        let mut source: Option<(String, String)> = None;
        let mut tests = 0;
        for word in quoted(row.last().unwrap()) {
            if word.ends_with(".rs") {
                let path = root.join(word);
                let text = std::fs::read_to_string(&path)
                    .unwrap_or_else(|error| panic!("{}: {word}: {error}", row[0]));
                source = Some((word.to_owned(), text));
            } else {
                let (path, text) = source.as_ref().expect("a file before its tests");
                assert!(
                    has_test(text, word),
                    "{}: {path} has no test {word}",
                    row[0]
                );
                tests += 1;
            }
        }
        assert!(tests > 0, "{} names no test", row[0]);
    }
}

#[test]
fn a_test_that_is_not_there_is_noticed() {
    let source = "#[test]\nfn one() {}\n\nfn two() {}\n\n#[tokio::test(start_paused = true)]\nasync fn three() {}\n";
    assert!(has_test(source, "one") && has_test(source, "three"));
    assert!(!has_test(source, "two") && !has_test(source, "four"));
}
