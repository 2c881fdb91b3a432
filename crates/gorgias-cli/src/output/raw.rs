//! Takes the JSON to print from the body of a response.
//!
//! Typed values lose some parts of an answer, such as the digits of a number that is too
//! long for any number type, or a datetime that can't be read. So a result that is JSON
//! is printed as it was received.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The JSON text of a response that was read as `value`.
pub(crate) fn json_of<T: Serialize>(body: &[u8], value: &T) -> String {
    match serde_json::from_slice::<&RawValue>(without_bom(body)) {
        Ok(raw) => raw.get().to_owned(),
        Err(_) => written(value),
    }
}

/// The JSON texts of the items of a page that was read as `values`.
pub(crate) fn items<T: Serialize>(body: &[u8], values: &[T]) -> Vec<String> {
    #[derive(Deserialize)]
    struct Page<'a> {
        #[serde(borrow)]
        data: Vec<&'a RawValue>,
    }
    match serde_json::from_slice::<Page<'_>>(without_bom(body)) {
        Ok(page) if page.data.len() == values.len() => {
            page.data.iter().map(|raw| raw.get().to_owned()).collect()
        }
        _ => values.iter().map(written).collect(),
    }
}

/// The JSON of a value, for a response whose own text can't be used: it isn't valid
/// JSON, or its items don't match the values.
fn written<T: Serialize>(value: &T) -> String {
    // Values of the document's types always have a JSON form.
    serde_json::to_string(value).unwrap_or_default()
}

fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_typed_values_drop_are_printed() {
        let body = "\u{feff} {\"id\": 1, \"n\": 123456789012345678901234567890, \"x\": 1.0}\n";
        assert_eq!(
            json_of(body.as_bytes(), &1),
            body.trim_start_matches('\u{feff}').trim()
        );
        let page = br#"{"data":[{"id":1.0},{"id": 2}]}"#;
        assert_eq!(items(page, &[1, 2]), [r#"{"id":1.0}"#, r#"{"id": 2}"#]);
    }

    #[test]
    fn a_body_that_is_no_valid_json_is_written_from_the_values() {
        assert_eq!(json_of(b"{\"id\": \xff}", &7), "7");
        assert_eq!(items(b"{\"data\":null}", &[] as &[i64]), [] as [&str; 0]);
        assert_eq!(items(br#"{"data":[1]}"#, &[1, 2]), ["1", "2"]);
    }
}
