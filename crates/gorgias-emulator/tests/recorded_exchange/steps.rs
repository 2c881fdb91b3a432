//! Single exchanges of August 2026: the account before, the request, and the
//! recorded body. The texts are our own.

use std::path::Path;

use bytes::Bytes;
use http::{Method, Request};
use serde_json::Value;

use crate::august_2026::assert_alike;
use crate::support::{send, unlimited};

#[tokio::test]
async fn each_step_is_answered_with_the_recorded_keys_in_their_order() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded_exchange/2026-08/steps");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 30);
    for file in files {
        let step: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy();
        let emulator = unlimited();
        emulator.load(step["load"].clone()).expect(&name);
        let request = &step["request"];
        let method: Method = request["method"].as_str().unwrap().parse().unwrap();
        let is_delete = method == Method::DELETE;
        let body = match &request["body"] {
            Value::Null => Bytes::new(),
            body => body.to_string().into(),
        };
        let request = Request::builder()
            .method(method)
            .uri(request["path"].as_str().unwrap())
            .header("authorization", "Bearer token")
            .header("content-type", "application/json");
        let reply = send(&emulator, request.body(body).unwrap()).await;
        assert!(
            reply.status.is_success(),
            "{name}: {} {:?}",
            reply.status,
            reply.body
        );
        assert_eq!(reply.status == 204, is_delete, "{name}");
        assert_eq!(
            reply.header("content-type"),
            Some("application/json"),
            "{name}"
        );
        match &step["body"] {
            Value::Null => assert!(reply.body.is_empty(), "{name}"),
            recorded => assert_alike(reply.json(), recorded.clone()),
        }
    }
}
