//! Reads an OpenAPI document from a file or text, as JSON or YAML.

mod unique;

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use self::unique::Unique;

/// The largest document that is read, in bytes.
///
/// The largest public OpenAPI documents are about 12 MB; the margin is for
/// their YAML form, which is longer.
const MAX_BYTES: usize = 128 << 20;

/// Reads the document at `path`.
///
/// The format follows from the content, not from the name: a text that starts with `{` is
/// JSON, and any other text is YAML.
///
/// # Errors
///
/// If the file can't be read, is over 128 MB, isn't UTF-8, is neither JSON nor
/// YAML, or has duplicate keys.
pub fn document(path: &Path) -> anyhow::Result<Value> {
    let text =
        fs::read_to_string(path).with_context(|| format!("couldn't read {}", path.display()))?;
    parse(&text).with_context(|| format!("couldn't parse {}", path.display()))
}

/// Parses the text of a document, like [`document`].
///
/// # Errors
///
/// If the text is over 128 MB, is neither JSON nor YAML, or has duplicate keys.
pub fn parse(text: &str) -> anyhow::Result<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    anyhow::ensure!(
        text.len() <= MAX_BYTES,
        "the document is larger than 128 MB"
    );
    if text.trim_start().starts_with('{') {
        // If the text isn't JSON, it may be a YAML flow mapping, which also starts with `{`.
        match serde_json::from_str(text) {
            Ok(Unique(value)) => return Ok(value),
            Err(error) => return yaml(text).map_err(|_| error.into()),
        }
    }
    yaml(text)
}

fn yaml(text: &str) -> anyhow::Result<Value> {
    // A hostile document may expand to many times its size, by aliases. The limits grow with
    // the text, so that only such a document exceeds them.
    let size = text.len().max(1 << 20);
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: size.saturating_mul(4),
            max_nodes: size.saturating_mul(2),
            max_depth: 512,
            max_total_scalar_bytes: size.saturating_mul(2),
            max_total_comment_bytes: size,
        },
        // Enums may contain `no` and `off`, which are strings in YAML 1.2.
        strict_booleans: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    Ok(serde_saphyr::from_str_with_options(text, options)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_and_yaml_read_alike() {
        let yaml = "openapi: 3.0.3\nresponses:\n  200: {description: ok}\nenum: [no, 'yes', 1.5, 7, null, 2024-01-02]\n";
        let json = r#"{"openapi": "3.0.3", "responses": {"200": {"description": "ok"}},
                       "enum": ["no", "yes", 1.5, 7, null, "2024-01-02"]}"#;
        assert_eq!(parse(yaml).unwrap(), parse(json).unwrap());
    }

    #[test]
    fn order_of_keys_is_kept() {
        let value = parse("z: 1\na: 2\nm: 3\n").unwrap();
        let keys: Vec<_> = value.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["z", "a", "m"]);
    }

    #[test]
    fn flow_mapping_is_read_as_yaml() {
        assert_eq!(parse("{a: [1, 2]}").unwrap(), json!({"a": [1, 2]}));
    }

    #[test]
    fn duplicate_keys_are_refused_by_name_and_place() {
        let refused = |text| parse(text).unwrap_err().to_string();
        let yaml = refused("a: 1\nb: {c: 1, c: 2}\n");
        assert!(yaml.contains("key: c") && yaml.contains("line 2"), "{yaml}");
        let json = refused("{\n \"a\": [{\"b\": 1,\n \"b\": 1}]\n}");
        assert_eq!(
            json,
            "the key \"b\" is in one object twice at line 3 column 4"
        );
        let spelled = refused(r#"{"a/b": 1, "a\u002fb": 2}"#);
        assert!(spelled.contains("\"a/b\""), "{spelled}");
    }

    #[test]
    fn numbers_are_read_as_they_stand() {
        let text = r#"{"n": [0, -1, 18446744073709551615, 1.5, 1e300, -0.0], "t": [true, null]}"#;
        let plain: Value = serde_json::from_str(text).unwrap();
        assert_eq!(parse(text).unwrap(), plain);
    }

    #[test]
    fn broken_json_is_reported_with_its_place() {
        let error = parse("{\"a\": [1,, 2]}").unwrap_err().to_string();
        assert!(error.contains("line 1 column 10"), "{error}");
    }

    #[test]
    fn document_larger_than_the_parser_defaults_is_read() {
        let entries: Vec<String> = (0..70_000)
            .map(|n| format!("k{n}: {{type: string}}"))
            .collect();
        let value = parse(&entries.join("\n")).unwrap();
        assert_eq!(value.as_object().unwrap().len(), 70_000);
    }

    #[test]
    fn missing_file_is_named() {
        let error = document(Path::new("no/such/file.yaml")).unwrap_err();
        assert!(error.to_string().contains("no/such/file.yaml"));
    }
}
