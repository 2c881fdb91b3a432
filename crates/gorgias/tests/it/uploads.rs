//! Uploading files.

use std::error::Error as _;
use std::fs;
use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use futures_util::stream;
use gorgias::transport::{Body, Multipart, TransportError};
use gorgias::types::UploadType;
use gorgias::{Attachment, Delivery, ErrorKind, NewTicket};
use http::Method;
use serde_json::{Value, json};

use crate::support::{Script, Step, builder, client_of, emulator, json as answer};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("gorgias-uploads-it-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn with(attachment: Attachment) -> NewTicket {
    NewTicket::from_customer("jane@example.com")
        .text("Look.")
        .attachment(attachment)
}

/// The first attachment of a ticket, as it would be sent.
fn sent(ticket: &NewTicket) -> Value {
    let ticket: Value = serde_json::from_str(&ticket.to_json().unwrap()).unwrap();
    ticket["messages"][0]["attachments"][0].clone()
}

#[tokio::test]
async fn a_file_becomes_an_attachment_of_its_name_type_and_size() {
    let emulator = emulator();
    let client = client_of(&emulator);
    let folder = Folder::new("file");
    let path = folder.file("ein \"Bild\".PNG", "no image");
    let ticket = with(client.uploads().file(path).await.unwrap());
    let attachment = sent(&ticket);
    assert_eq!(attachment["name"], "ein \"Bild\".PNG");
    assert_eq!(attachment["content_type"], "image/png");
    assert_eq!(attachment["size"], 8);
    let url = attachment["url"].as_str().unwrap();
    assert!(url.starts_with("https://acme.gorgias.com/"), "{url}");
    let created = client.tickets().create(ticket).await.unwrap();
    let attachments = created.ticket.messages[0].attachments.as_ref();
    let of_message = &attachments.unwrap()[0];
    assert_eq!(of_message.url.as_deref(), Some(url));
    let requests = emulator.requests();
    assert_eq!(requests[0].path, "/api/upload?type=attachment");
}

#[tokio::test]
async fn bytes_and_what_is_set_become_an_attachment() {
    let uploaded = json!([{"url": "https://files.example.com/1", "name": "other", "size": "3"}]);
    let script = Script::answering(answer(201, uploaded.to_string()));
    let call = script
        .client()
        .uploads()
        .bytes("a.txt", "text/plain", "abc");
    let call = call.name("b.csv").purpose(UploadType::PublicAttachment);
    let attachment = sent(&with(call.await.unwrap()));
    let expected = json!({
        "url": "https://files.example.com/1", "name": "b.csv", "content_type": "text/plain", "size": 3
    });
    assert_eq!(attachment, expected);
    let seen = script.seen();
    assert_eq!(seen[0].method(), Method::POST);
    assert_eq!(seen[0].uri().query(), Some("type=public_attachment"));
    let body = String::from_utf8_lossy(seen[0].body()).into_owned();
    assert!(
        body.contains("name=\"file\"; filename=\"b.csv\"\r\n"),
        "{body}"
    );
}

#[tokio::test]
async fn what_is_no_file_sends_nothing() {
    let script = Script::new([]);
    let client = script.client();
    let folder = Folder::new("none");
    for path in [folder.0.join("absent"), folder.0.clone()] {
        let error = client.uploads().file(path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.delivery(), Delivery::NotSent);
        assert!(error.source().unwrap().is::<io::Error>());
        assert!(
            !format!("{error:?} {error}").contains("absent"),
            "{error:?}"
        );
    }
    let unknown = client
        .uploads()
        .bytes("a", "text/plain", "a")
        .purpose("secret");
    let error = unknown.await.unwrap_err();
    assert_eq!(
        error.violations().unwrap().iter().next().unwrap().pointer(),
        "type"
    );
    assert_eq!(script.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_file_is_sent_once_and_bytes_again_where_that_is_safe() {
    let refused = || Step::Fail(TransportError::before_dispatch("refused"));
    let lost = || Step::Fail(TransportError::after_dispatch("reset"));
    let done = || Step::Answer(answer(201, r#"[{"url": "https://files.example.com/1"}]"#));
    let folder = Folder::new("once");
    let path = folder.file("a.txt", "abc");

    let script = Script::new([refused(), done()]);
    let call = script.client().uploads().bytes("a", "text/plain", "abc");
    let _ = call.await.unwrap();
    let script = Script::new([lost(), done()]);
    let call = script.client().uploads().bytes("a", "text/plain", "abc");
    assert_eq!(call.await.unwrap_err().delivery(), Delivery::Unknown);
    assert_eq!(script.count(), 1);

    for (step, delivery) in [(refused(), Delivery::NotSent), (lost(), Delivery::Unknown)] {
        let script = Script::new([step, done()]);
        let error = script.client().uploads().file(&path).await.unwrap_err();
        assert_eq!(error.delivery(), delivery);
        assert_eq!(script.count(), 1);
    }
}

#[tokio::test]
async fn an_answer_without_an_address_is_an_error() {
    for body in [
        "[]",
        "[{}]",
        r#"[{"url": ""}]"#,
        r#"[{"url": "a"}, {"url": "b"}]"#,
    ] {
        let script = Script::answering(answer(201, body));
        let call = script.client().uploads().bytes("a", "text/plain", "a");
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{body}");
        assert_eq!(error.delivery(), Delivery::Applied, "{body}");
        assert_eq!(error.attempts(), 1, "{body}");
    }
}

#[tokio::test]
async fn over_a_socket_the_address_of_an_upload_is_taken_and_no_other_of_that_host() {
    let emulator = emulator();
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let client = builder().base_url(server.base_url()).build().unwrap();
    let folder = Folder::new("socket");
    let large = "x".repeat(1_000_000);
    let path = folder.file("large.txt", &large);
    let ticket = with(client.uploads().file(path).await.unwrap());
    let url = sent(&ticket)["url"].as_str().unwrap().to_owned();
    client.tickets().create(ticket).await.unwrap();

    let kept = url.strip_prefix(&server.base_url()).unwrap().to_owned();
    let served = client.request(Method::GET, kept).await.unwrap();
    assert!(served[..] == *large.as_bytes());

    let other = Attachment::new("http://127.0.0.1:1/a.png", "a.png", "image/png");
    let error = client.tickets().create(with(other)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn a_body_of_another_length_breaks_the_upload_off() {
    let emulator = emulator();
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let client = builder().base_url(server.base_url()).build().unwrap();
    for length in [2, 4] {
        let pieces = stream::iter([Ok::<_, io::Error>(Bytes::from("abc"))]);
        let body = Body::stream(length, pieces);
        let form = Multipart::new().file("file", "a.txt", "text/plain", body);
        let error = client.api().upload(form).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
    assert_eq!(emulator.request_count(), 0);
}
