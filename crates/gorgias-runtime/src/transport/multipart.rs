//! Bodies of several parts, such as files.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use bytes::Bytes;
use futures_util::stream::{self, StreamExt};

use super::Body;

/// A body of several named parts, each a text or a file
/// (`multipart/form-data`).
///
/// If a file is a stream, the whole body is a stream and is sent only once.
/// `Debug` shows the number of parts, and nothing of their names or content.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use gorgias::transport::Multipart;
///
/// let form = Multipart::new()
///     .text("type", "attachment")
///     .file("file", "vase.jpg", "image/jpeg", vec![0xff, 0xd8]);
/// ```
#[derive(Default)]
#[must_use = "a body does nothing until sent"]
pub struct Multipart {
    parts: Vec<(String, Body)>,
}

impl Multipart {
    /// Creates a body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    pub fn text(mut self, name: &str, text: impl Into<String>) -> Self {
        let head = format!("name=\"{}\"", quoted(name));
        self.parts.push((head, text.into().into()));
        self
    }

    /// Adds a file. `file_name` is sent as the name of the file, and
    /// `content_type` is, for example, `image/jpeg`. The content is bytes, or a
    /// [`Body::stream`] of known length.
    ///
    /// Quotes and line breaks in names are escaped as browsers do.
    pub fn file(
        mut self,
        name: &str,
        file_name: &str,
        content_type: &str,
        content: impl Into<Body>,
    ) -> Self {
        let head = format!(
            "name=\"{}\"; filename=\"{}\"\r\ncontent-type: {}",
            quoted(name),
            quoted(file_name),
            one_line(content_type)
        );
        self.parts.push((head, content.into()));
        self
    }

    /// Returns the content type, and the parts as one body.
    pub(crate) fn into_body(self) -> (String, Body) {
        let random = RandomState::new().hash_one(self.parts.len());
        let boundary = format!("gorgias-{random:016x}");
        let mut pieces: Vec<Body> = Vec::new();
        for (head, content) in self.parts {
            pieces.push(
                format!("--{boundary}\r\ncontent-disposition: form-data; {head}\r\n\r\n").into(),
            );
            pieces.push(content);
            pieces.push("\r\n".into());
        }
        pieces.push(format!("--{boundary}--\r\n").into());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        (content_type, joined(pieces))
    }
}

/// Joins bodies, one after another.
fn joined(pieces: Vec<Body>) -> Body {
    let length = pieces.iter().map(Body::len).fold(0, u64::saturating_add);
    let whole: Option<Vec<&Bytes>> = pieces.iter().map(Body::as_bytes).collect();
    match whole {
        Some(whole) => {
            let whole: Vec<&[u8]> = whole.into_iter().map(|piece| &piece[..]).collect();
            whole.concat().into()
        }
        None => Body::stream(
            length,
            stream::iter(pieces.into_iter().map(Body::into_stream)).flatten(),
        ),
    }
}

/// Escapes quotes and line breaks as browsers do.
fn quoted(text: &str) -> String {
    one_line(text).replace('"', "%22")
}

/// Escapes line breaks as browsers do.
fn one_line(text: &str) -> String {
    text.replace('\r', "%0D").replace('\n', "%0A")
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart")
            .field("parts", &self.parts.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn parts_stand_behind_one_another_with_their_heads() {
        let file = || {
            Body::stream(
                3,
                stream::iter([Ok::<_, std::io::Error>(Bytes::from("abc"))]),
            )
        };
        for content in [Body::from("abc"), file()] {
            let is_whole = content.as_bytes().is_some();
            let form = Multipart::new().text("kind", "a").file(
                "file",
                "x\"\r\ny.txt",
                "text/plain; charset=\"utf-8\"\r\nx-evil: 1",
                content,
            );
            let (content_type, body) = form.into_body();
            let boundary = content_type.split_once("boundary=").unwrap().1.to_owned();
            assert_eq!(body.try_clone().is_some(), is_whole);
            let length = body.len();
            let bytes = body.bytes().await.unwrap();
            assert_eq!(length, bytes.len() as u64);
            assert_eq!(
                String::from_utf8(bytes.to_vec()).unwrap(),
                format!(
                    "--{boundary}\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\na\r\n\
                     --{boundary}\r\ncontent-disposition: form-data; name=\"file\"; \
                     filename=\"x%22%0D%0Ay.txt\"\r\n\
                     content-type: text/plain; charset=\"utf-8\"%0D%0Ax-evil: 1\r\n\r\nabc\r\n\
                     --{boundary}--\r\n"
                )
            );
        }
    }
}
