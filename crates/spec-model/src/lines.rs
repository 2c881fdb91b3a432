//! Finds the line of a document's text that a JSON pointer leads to.

use crate::pointer::steps;

/// Returns the line that a pointer leads to, counted from 1. If the pointer has no target,
/// returns the line of the innermost existing value on the way to the target.
///
/// The text is block style YAML or indented JSON. The lines are found by their indentation,
/// without parsing the text. A pointer into an object on a single line leads to this line.
pub fn line(text: &str, pointer: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = 0;
    // The lines of the value that the steps so far lead to, without its first line.
    let (mut start, mut end) = (0, lines.len());
    for key in steps(pointer) {
        let index = key.parse().ok();
        let place = index.and_then(|index| item(&lines, start, end, index));
        let place = place.or_else(|| entry(&lines, start, end, &key));
        let Some((line, indent)) = place else { break };
        found = line;
        start = line.saturating_add(1);
        end = block_end(&lines, line, indent, end);
    }
    found.saturating_add(1)
}

/// Returns the column in which a line begins; `None` for a blank line or a comment.
fn indent(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let is_blank = text.is_empty() || text.starts_with('#');
    (!is_blank).then(|| line.len().saturating_sub(text.len()))
}

/// Finds a key among the least indented keys of a block. Returns its line and column.
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

/// Returns the column of a line's key, which may come after the dash of an item.
fn key_indent(line: &str) -> Option<usize> {
    let outer = indent(line)?;
    let text = line.trim_start();
    let inner = text.trim_start_matches("- ").trim_start();
    let is_bracket = matches!(inner.chars().next(), Some('{' | '}' | '[' | ']'));
    (!is_bracket).then(|| outer.saturating_add(text.len().saturating_sub(inner.len())))
}

/// Finds an item of a list by its index. Returns its line and column.
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

/// Returns the end of the block under a line, which is indented by more than `outer`.
fn block_end(lines: &[&str], line: usize, outer: usize, end: usize) -> usize {
    let start = line.saturating_add(1);
    let rest = lines.get(start..end).unwrap_or_default();
    let found = rest.iter().position(|line| {
        // The items of a list may be indented like the key of the list.
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
