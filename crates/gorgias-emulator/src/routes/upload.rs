//! Uploads files, and serves them.

use ::http::StatusCode;
use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, success};
use crate::http::answer::Answer;
use crate::http::query;
use crate::store::{Refused, Store};

pub(super) const TABLE: Table = &[("upload", upload)];

/// The path below which files are served, by id and name.
const FILES: &str = "/_emulator/files/";

fn upload(store: &mut Store, call: &Call) -> CallResult {
    if call.files.is_empty() {
        let message = "Missing data for required field.";
        return Err(Refused::of("file", message));
    }
    let files = call.files.iter().map(|file| {
        let id = store.keep_file(file.clone());
        let name = query::encode_text(&file.name);
        json!({
            "content_type": file.content_type,
            "name": file.name,
            "size": file.content.len(),
            "url": format!("{}{FILES}{id}/{name}", call.origin),
        })
    });
    success(&files.collect::<Vec<Value>>())
}

/// Answers with the file at a path, if there is one.
pub(crate) fn file(store: &Store, path: &str) -> Option<Answer> {
    let (id, _) = path.strip_prefix(FILES)?.split_once('/')?;
    let file = store.file(id.parse().ok()?)?;
    Answer::of_type(StatusCode::OK, &file.content_type, file.content.clone())
}
