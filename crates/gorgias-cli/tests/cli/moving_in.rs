//! The guide "Moving in", run as it is written.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::help::on_path;
use crate::support::Served;

const GUIDE: &str = include_str!("../../../../docs/moving-in.md");

/// The commands of the guide, continued lines joined.
fn commands() -> Vec<String> {
    let blocks = GUIDE.split("```sh\n").skip(1);
    let blocks = blocks.filter_map(|rest| rest.split("```").next());
    let text = blocks.collect::<String>().replace("\\\n", " ");
    text.lines().map(str::to_owned).collect()
}

/// A folder with the export that the guide is about.
fn export() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../gorgias-convert/tests/export");
    for name in [
        "tickets.json",
        "users.json",
        "organizations.json",
        "comments.json",
    ] {
        fs::copy(from.join(name), folder.path().join(name)).expect("is copied");
    }
    folder
}

/// Puts a file where `wget --force-directories` would put each attachment.
fn fetch(folder: &Path) {
    let urls = fs::read_to_string(folder.join("urls.txt")).expect("is there");
    for url in urls.lines() {
        let (_, place) = url.split_once("://").expect("an address");
        let (path, query) = match place.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (place, String::new()),
        };
        let index = if path.ends_with('/') {
            "index.html"
        } else {
            ""
        };
        let file = folder.join("files").join(format!("{path}{index}{query}"));
        fs::create_dir_all(file.parent().expect("a folder")).expect("is made");
        fs::write(file, url).expect("is written");
    }
}

fn lines(folder: &Path, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(name)).expect("is there");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("is JSON"))
        .collect()
}

#[test]
fn the_guide_leads_from_an_export_to_a_checked_import() {
    let served = Served::start(&["--limit", "off"]);
    let folder = export();
    let commands = commands();
    assert_eq!(commands.len(), 8, "{commands:#?}");
    let mut summaries = Vec::new();
    for command in &commands {
        if command.contains("--files") {
            fetch(folder.path());
        }
        let output = on_path(command)
            .current_dir(folder.path())
            .env("GORGIAS_BASE_URL", served.base_url())
            .env("GORGIAS_EMAIL", "agent@acme.example")
            .env("GORGIAS_API_KEY", "a-key")
            .output()
            .expect("sh runs");
        // The guide says so: a comment has no ticket in the export.
        let converts = command.contains("convert") && !command.contains("--template");
        let expected = if converts { 3 } else { 0 };
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{command}\n{output:?}"
        );
        if let Ok(summary) = serde_json::from_slice::<Value>(&output.stdout) {
            summaries.push(summary);
        }
    }
    let converted = lines(folder.path(), "tickets.ndjson");
    let total = converted.len();
    let counts: Vec<_> = summaries
        .iter()
        .map(|summary| (summary["total"].clone(), summary["created"].clone()))
        .collect();
    let count = |total: usize, created: usize| (Value::from(total), Value::from(created));
    assert_eq!(
        counts,
        [
            count(total, 0),
            count(total, total),
            count(10, 10),
            count(total, total - 10)
        ]
    );
    for summary in &summaries {
        assert_eq!(summary["rejected"], 0, "{summary}");
    }
    let last = summaries.last().expect("a summary");
    assert_eq!(
        (&last["missing"], &last["duplicates"]),
        (&0.into(), &0.into())
    );
    for message in converted
        .iter()
        .flat_map(|line| line["messages"].as_array().expect("messages"))
    {
        assert!(message["sent_datetime"].is_string(), "{message}");
        let secret = message.to_string().contains("SECRET");
        assert!(!secret || message["public"] == false, "{message}");
    }
    let named = converted
        .iter()
        .filter(|line| line.to_string().contains("file:///"));
    assert!(named.count() > 1);
    let report = lines(folder.path(), "convert.ndjson");
    assert!(report.iter().any(|notice| notice["kind"] == "orphan"));
    let urls = fs::read_to_string(folder.path().join("urls.txt")).expect("is there");
    assert!(
        urls.contains("https://acme.zendesk.com/attachments/token/aaa/"),
        "{urls}"
    );
}

#[test]
fn every_kind_that_the_guide_names_is_one_of_the_report() {
    let names = GUIDE
        .lines()
        .skip_while(|line| !line.starts_with("| kind |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.split('|').nth(1))
        .flat_map(|cell| cell.split(','));
    let names: Vec<_> = names.map(|name| name.trim().trim_matches('`')).collect();
    assert!(names.len() > 6, "{names:?}");
    let kinds = include_str!("../../../gorgias-convert/src/notice.rs");
    for name in names {
        let words = name.split('_').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        let variant = format!("    {},", words.collect::<String>());
        assert!(kinds.contains(&variant), "{name}");
    }
}
