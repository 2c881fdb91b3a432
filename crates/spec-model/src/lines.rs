//! Finds the line that a JSON pointer leads to.

use crate::pointer::steps;

/// Returns the line (from 1) that a pointer leads to. If the pointer has no
/// target, it is the line of the innermost object that exists.
///
/// It reads block style YAML and indented JSON by their indentation. A pointer
/// into an object on one line leads to that line.
pub fn line(text: &str, pointer: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0_usize;
    let mut end = lines.len();
    let mut outer: Option<usize> = None;
    for key in steps(pointer) {
        let start = if outer.is_some() {
            at.saturating_add(1)
        } else {
            at
        };
        let found = match key.parse::<usize>() {
            Ok(index) => item(&lines, start, end, index),
            Err(_) => None,
        };
        let found = found.or_else(|| entry(&lines, start, end, &key));
        let Some((line, indent)) = found else { break };
        at = line;
        outer = Some(indent);
        end = block_end(&lines, line, indent, end);
    }
    at.saturating_add(1)
}

fn indent(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let is_blank = text.is_empty() || text.starts_with('#');
    (!is_blank).then(|| line.len().saturating_sub(text.len()))
}

/// Finds a key among the least indented ones of a block.
fn entry(lines: &[&str], start: usize, end: usize, key: &str) -> Option<(usize, usize)> {
    let block = lines.get(start..end)?;
    let least = block.iter().filter_map(|line| key_indent(line)).min()?;
    let found = block.iter().position(|line| {
        let text = line.trim_start().trim_start_matches("- ").trim_start();
        let named = [
            format!("{key}:"),
            format!("\"{key}\":"),
            format!("'{key}':"),
        ];
        key_indent(line) == Some(least) && named.iter().any(|name| text.starts_with(name))
    })?;
    Some((start.saturating_add(found), least))
}

/// Returns the column of a key, after the dash of an item.
fn key_indent(line: &str) -> Option<usize> {
    let outer = indent(line)?;
    let text = line.trim_start();
    let inner = text.trim_start_matches("- ").trim_start();
    let is_bracket = matches!(inner.chars().next(), Some('{' | '}' | '[' | ']'));
    (!is_bracket).then(|| outer.saturating_add(text.len().saturating_sub(inner.len())))
}

/// Finds the nth item of a list.
fn item(lines: &[&str], start: usize, end: usize, index: usize) -> Option<(usize, usize)> {
    let block = lines.get(start..end)?;
    let is_item = |line: &&&str| {
        let text = line.trim_start();
        text == "-" || text.starts_with("- ") || text == "{"
    };
    let least = block
        .iter()
        .filter(is_item)
        .filter_map(|line| indent(line))
        .min()?;
    let mut items = block
        .iter()
        .enumerate()
        .filter(|(_, line)| is_item(line) && indent(line) == Some(least));
    let (found, _) = items.nth(index)?;
    Some((start.saturating_add(found), least))
}

/// Returns the end of the block that is indented under a line.
fn block_end(lines: &[&str], line: usize, outer: usize, end: usize) -> usize {
    let start = line.saturating_add(1);
    let rest = lines.get(start..end).unwrap_or_default();
    let found = rest.iter().position(|line| {
        // The items of a list may have the indentation of its key.
        let is_item = line.trim_start().starts_with("- ");
        indent(line).is_some_and(|indent| indent < outer || (indent == outer && !is_item))
    });
    found.map_or(end, |length| start.saturating_add(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "openapi: 3.0.3
paths:
  # Parcels.
  /parcels:
    get:
      parameters:
        - name: limit
          schema: {type: integer}
        - name: sender
          required: true
components:
  schemas:
    Parcel:
      required:
      - id
      properties:
        id:
          type: integer
        get: {type: string}
";

    #[test]
    fn keys_are_found_in_their_blocks() {
        assert_eq!(line(YAML, "/paths/~1parcels/get"), 5);
        assert_eq!(line(YAML, "/components/schemas/Parcel/properties/get"), 19);
        assert_eq!(
            line(YAML, "/components/schemas/Parcel/properties/id/type"),
            18
        );
    }

    #[test]
    fn items_are_found_by_number() {
        assert_eq!(line(YAML, "/paths/~1parcels/get/parameters/1"), 9);
        assert_eq!(line(YAML, "/paths/~1parcels/get/parameters/1/required"), 10);
        assert_eq!(line(YAML, "/components/schemas/Parcel/required/0"), 15);
    }

    #[test]
    fn what_is_not_there_is_where_it_would_be() {
        assert_eq!(
            line(YAML, "/components/schemas/Parcel/properties/id/format"),
            17
        );
        assert_eq!(line(YAML, ""), 1);
    }

    #[test]
    fn indented_json_is_read_alike() {
        let json = "{\n  \"paths\": {\n    \"/a\": {\n      \"tags\": [\n        {\n          \"x\": 1\n        }\n      ]\n    }\n  }\n}\n";
        assert_eq!(line(json, "/paths/~1a/tags"), 4);
        assert_eq!(line(json, "/paths/~1a/tags/0/x"), 6);
    }
}
