//! Replaces addresses of files in a line by those of the uploaded files.

use std::collections::HashMap;
use std::ops::Range;

use super::FileAddress;

/// Returns the line with the addresses of files replaced as in `new_addresses`. A JSON string
/// with a replaced address is written anew, so its escapes may differ. The other bytes of the
/// line stay unchanged.
pub(crate) fn replace_addresses(
    line: &str,
    found: &[FileAddress],
    new_addresses: &HashMap<String, String>,
) -> String {
    let mut changed = String::with_capacity(line.len());
    let mut copied = 0;
    let mut rest = found;
    while let [first, ..] = rest {
        // One JSON string may contain several addresses.
        let together = rest.iter().take_while(|one| one.text == first.text).count();
        let (here, after) = rest.split_at(together);
        rest = after;
        if let Some(text) = replaced(line, &first.text, here, new_addresses) {
            changed.push_str(line.get(copied..first.text.start).unwrap_or_default());
            changed.push_str(&text);
            copied = first.text.end;
        }
    }
    changed.push_str(line.get(copied..).unwrap_or_default());
    changed
}

/// Returns a JSON string with its addresses replaced. `None` if no address changes.
fn replaced(
    line: &str,
    text: &Range<usize>,
    found: &[FileAddress],
    new_addresses: &HashMap<String, String>,
) -> Option<String> {
    let value: String = serde_json::from_str(line.get(text.clone())?).ok()?;
    let mut changed = String::with_capacity(value.len());
    let mut rest = value.as_str();
    for FileAddress { address, .. } in found {
        let (before, after) = rest.split_once(address.as_str())?;
        changed.push_str(before);
        changed.push_str(new_addresses.get(address).unwrap_or(address));
        rest = after;
    }
    changed.push_str(rest);
    if changed == value {
        return None;
    }
    serde_json::to_string(&changed).ok()
}

#[cfg(test)]
mod tests {
    use super::super::file_addresses;
    use super::*;

    #[test]
    fn nothing_else_of_a_line_is_touched() {
        let line = r#"{"meta": {"b": 1.50}, "messages": [ {"body_html": "<img src=\"file:///i\">file:///gone<img src='file:///i'>",
            "attachments": [{"url": "file:///a", "size": 1e2}, {"url":"file:///gone"}]} ]}"#;
        let new_addresses = [("file:///i", "https://h/1"), ("file:///a", "https://h/\"2")];
        let new_addresses =
            new_addresses.map(|(file, address)| (file.to_owned(), address.to_owned()));
        let changed = replace_addresses(line, &file_addresses(line), &new_addresses.into());
        let expected = r#"{"meta": {"b": 1.50}, "messages": [ {"body_html": "<img src=\"https://h/1\">file:///gone<img src='https://h/1'>",
            "attachments": [{"url": "https://h/\"2", "size": 1e2}, {"url":"file:///gone"}]} ]}"#;
        assert_eq!(changed, expected);
    }

    #[test]
    fn an_address_within_an_address_is_a_part_of_it() {
        let line = r#"{"messages": [{"body_text": "file:///a?file:///b file:///b"}]}"#;
        let new_addresses = [("file:///b".to_owned(), "https://h/b".to_owned())];
        let changed = replace_addresses(line, &file_addresses(line), &new_addresses.into());
        let expected = r#"{"messages": [{"body_text": "file:///a?file:///b https://h/b"}]}"#;
        assert_eq!(changed, expected);
    }

    #[test]
    fn a_line_whose_files_got_nothing_stays_as_it_is() {
        let line = r#"{"messages": [{"body_text": "file:///\u0061"}]}"#;
        assert_eq!(
            replace_addresses(line, &file_addresses(line), &HashMap::new()),
            line
        );
    }
}
