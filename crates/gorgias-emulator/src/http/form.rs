//! The files of a form, `multipart/form-data`.

use bytes::Bytes;

/// A file that was sent in a form.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) content: Bytes,
}

/// Reads the files of a form. Returns no files for a body that isn't a form, and leaves
/// out parts without a file name.
pub(crate) fn files(content_type: &str, body: &Bytes) -> Vec<File> {
    let boundary = content_type.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_boundary = name.trim().eq_ignore_ascii_case("boundary");
        is_boundary.then(|| value.trim().trim_matches('"').to_owned())
    });
    let Some(boundary) = boundary else {
        return Vec::new();
    };
    let delimiter = format!("\r\n--{boundary}");
    // Unlike the others, the first delimiter has no line break before it, so one is
    // added.
    let whole = [b"\r\n", body.as_ref()].concat();
    let mut parts = split(&whole, delimiter.as_bytes()).into_iter();
    parts.next();
    // The last delimiter is followed by two more hyphens, and ends the form.
    let parts = parts.take_while(|part| !part.starts_with(b"--"));
    parts.filter_map(file).collect()
}

fn split<'a>(mut whole: &'a [u8], delimiter: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some((before, after)) = split_once(whole, delimiter) {
        parts.push(before);
        whole = after;
    }
    parts.push(whole);
    parts
}

fn split_once<'a>(whole: &'a [u8], delimiter: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mut windows = whole.windows(delimiter.len());
    let at = windows.position(|window| window == delimiter)?;
    let (before, rest) = whole.split_at_checked(at)?;
    Some((before, rest.strip_prefix(delimiter)?))
}

/// Reads a part: headers, an empty line, and the content.
fn file(part: &[u8]) -> Option<File> {
    let (head, content) = split_once(part, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(head);
    let header = |wanted: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        let line = lines.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        line.map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition")?;
    Some(File {
        name: parameter(disposition, "filename")?,
        content_type: header("content-type")
            .unwrap_or("application/octet-stream")
            .to_owned(),
        content: Bytes::copy_from_slice(content),
    })
}

/// Reads a quoted parameter of a header, and undoes the escapes of browsers and
/// of RFC 7578.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let (mut is_quoted, mut before) = (false, ' ');
    let parameters = header.split(|c| {
        is_quoted ^= c == '"' && before != '\\';
        before = c;
        c == ';' && !is_quoted
    });
    parameters.into_iter().skip(1).find_map(|parameter| {
        let (name, value) = parameter.trim().split_once('=')?;
        let value = value.trim_matches('"').replace("%22", "\"");
        (name == wanted).then(|| value.replace("\\\"", "\""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_may_have_a_semicolon_and_quotes() {
        let name = |header| parameter(header, "filename");
        let header = r#"form-data; filename="a;b.txt"; name="file""#;
        assert_eq!(name(header).as_deref(), Some("a;b.txt"));
        let header = r#"form-data; name="file"; filename="\"a;b\".txt""#;
        assert_eq!(name(header).as_deref(), Some("\"a;b\".txt"));
    }

    #[test]
    fn the_files_of_a_form_are_read_to_the_last_byte() {
        let body = b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
            Content-Type: text/plain\r\n\r\none\r\n--\r\n\r\n--x\r\n\
            Content-Disposition: form-data; name=\"note\"\r\n\r\nno file\r\n--x--\r\nafter";
        let files = files(
            "multipart/form-data; boundary=\"x\"",
            &Bytes::from_static(body),
        );
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].name, "a.txt");
        assert_eq!(files[0].content_type, "text/plain");
        assert_eq!(files[0].content, "one\r\n--\r\n");
    }
}
