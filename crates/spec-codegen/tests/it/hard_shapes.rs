//! Calls of the shapes that few operations have, against a stand-in for the
//! service.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::stream;
use gorgias_runtime::support::{Login, Settings};
use gorgias_runtime::transport::{
    Body, Multipart, Transport, TransportError, TransportFuture, buffered,
};
use gorgias_runtime::{Delivery, ErrorKind, RateLimit};
use http::{Method, Request, Response};

use crate::goldens_compile::hard_shapes::{Client, types};

/// Answers in order, and keeps what it was asked.
#[derive(Clone, Default)]
struct StandIn {
    answers: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
    seen: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl StandIn {
    fn new(answers: &[(u16, &'static str)]) -> (Client, Self) {
        let stand_in = Self::default();
        stand_in.answers.lock().unwrap().extend(answers);
        let mut settings = Settings::new("acme".to_owned());
        settings.login = Some(Login::bearer("a-token".to_owned()));
        settings.rate_limit = RateLimit::off();
        settings.transport = Some(Arc::new(stand_in.clone()));
        (Client::on(settings.connect().unwrap()), stand_in)
    }

    /// The requests: method, path with query, and body.
    fn seen(&self) -> Vec<(Method, String, String)> {
        let seen = self.seen.lock().unwrap();
        let told = seen.iter().map(|request| {
            let body = String::from_utf8(request.body().to_vec()).unwrap();
            let target = request.uri().path_and_query().unwrap().to_string();
            (request.method().clone(), target, body)
        });
        told.collect()
    }

    fn only(&self) -> (Method, String, String) {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.remove(0)
    }
}

impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StandIn")
    }
}

impl Transport for StandIn {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = buffered(request).await?;
            self.seen.lock().unwrap().push(request);
            let answer = self.answers.lock().unwrap().pop_front();
            let (status, body) = answer.ok_or(TransportError::after_dispatch("reset"))?;
            let answer = Response::builder().status(status);
            Ok(answer.body(Bytes::from(body)).unwrap())
        })
    }
}

const PAGES: [(u16, &str); 3] = [
    (
        200,
        r#"{"data":[{"id":1},{"id":2}],"meta":{"page":1,"nb_pages":3}}"#,
    ),
    (200, r#"{"data":[],"meta":{"page":2,"nb_pages":3}}"#),
    (200, r#"{"data":[{"id":3}],"meta":{"page":3,"nb_pages":3}}"#),
];

#[tokio::test]
async fn numbered_pages_are_read_to_the_last() {
    let (client, service) = StandIn::new(&PAGES);
    let mut drafts = client.list_drafts().stream();
    let mut ids = Vec::new();
    while let Some(draft) = drafts.next().await {
        ids.push(draft.unwrap().id);
    }
    assert_eq!(ids, [1, 2, 3].map(Some));
    let targets: Vec<_> = service.seen().into_iter().map(|seen| seen.1).collect();
    assert_eq!(
        targets,
        [
            "/drafts?per_page=50",
            "/drafts?page=2&per_page=50",
            "/drafts?page=3&per_page=50"
        ]
    );
}

#[tokio::test]
async fn numbered_pages_go_on_from_where_they_were_asked_to_begin() {
    let (client, service) = StandIn::new(&PAGES[1..]);
    let mut pages = client.list_drafts().page(2).per_page(7).pages();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next().await {
        lengths.push(page.unwrap().data.len());
    }
    assert_eq!(lengths, [0, 1]);
    let targets: Vec<_> = service.seen().into_iter().map(|seen| seen.1).collect();
    assert_eq!(
        targets,
        ["/drafts?page=2&per_page=7", "/drafts?page=3&per_page=7"]
    );
}

#[tokio::test]
async fn a_page_that_does_not_count_is_the_last_and_one_that_counts_back_an_error() {
    let (client, _) = StandIn::new(&[(200, r#"{"data":[{"id":1}],"meta":{}}"#)]);
    let mut pages = client.list_drafts().pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.is_none());

    let (client, service) = StandIn::new(&[PAGES[0], PAGES[0], PAGES[0]]);
    let mut pages = client.list_drafts().pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(pages.next().await.is_none());
    assert_eq!(service.seen().len(), 2);
}

#[tokio::test]
async fn a_list_of_lists_is_written_with_commas_in_a_parameter_for_each() {
    let (client, service) = StandIn::new(&[PAGES[2]]);
    let call = client.list_drafts().areas(vec![vec![1, 2], vec![3, 4]]);
    assert_eq!(call.send().await.unwrap().data.len(), 1);
    let target = service.only().1;
    assert_eq!(target, "/drafts?areas=1%2C2&areas=3%2C4");
    let call = client.list_drafts().areas(vec![vec![1]]);
    let error = call.await.unwrap_err();
    let violations = error.violations().unwrap().to_string();
    assert_eq!(violations, "areas/0 must have at least 2 items, has 1");
}

#[tokio::test]
async fn a_delete_sends_its_body() {
    let (client, service) = StandIn::new(&[(204, "")]);
    let drafts = types::SelectDrafts::new(vec![7]);
    let _ = client.delete_drafts(drafts).await.unwrap();
    let sent = (
        Method::DELETE,
        "/drafts".to_owned(),
        r#"{"ids":[7]}"#.to_owned(),
    );
    assert_eq!(service.only(), sent);
    let error = client
        .delete_drafts(types::SelectDrafts::new(Vec::new()))
        .await;
    assert_eq!(error.unwrap_err().delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn a_bare_list_is_a_body_and_an_empty_success_is_one() {
    let (client, service) = StandIn::new(&[(202, ""), (200, "{}")]);
    let order = || vec![types::OrderDraft::new(2), types::OrderDraft::new(1)];
    for _ in 0..2 {
        let _ = client.order_drafts(order()).await.unwrap();
    }
    for sent in service.seen() {
        let whole = r#"[{"id":2},{"id":1}]"#.to_owned();
        assert_eq!(sent, (Method::PUT, "/drafts".to_owned(), whole));
    }
    let wrong = vec![types::OrderDraft::new(0); 4];
    let error = client.order_drafts(wrong).await.unwrap_err();
    let violations = error.violations().unwrap();
    assert!(violations.iter().any(|one| one.pointer() == "/3/id"));
    assert!(violations.iter().any(|one| one.pointer().is_empty()));
}

/// A file that is read as it is sent.
fn streamed(text: &'static str) -> Body {
    let pieces = stream::iter([Ok::<_, Infallible>(Bytes::from(text))]);
    Body::stream(text.len() as u64, pieces)
}

#[tokio::test]
async fn a_body_of_several_parts_is_sent_with_its_boundary() {
    let (client, service) = StandIn::new(&[(201, r#"[{"id":1},{"id":2}]"#)]);
    let form = Multipart::new()
        .file("file", "a.png", "image/png", "one")
        .file("file", "b.png", "image/png", streamed("two"));
    let files = client.upload(form).type_("attachment").await.unwrap();
    assert_eq!(files.len(), 2);
    let seen = service.seen.lock().unwrap();
    assert_eq!(
        seen[0].uri().path_and_query().unwrap(),
        "/files?type=attachment"
    );
    let content_type = seen[0].headers()["content-type"].to_str().unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let body = String::from_utf8(seen[0].body().to_vec()).unwrap();
    let part = |name: &str, text: &str| {
        format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; \
             filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n{text}\r\n"
        )
    };
    let whole = part("a.png", "one") + &part("b.png", "two") + &format!("--{boundary}--\r\n");
    assert_eq!(body, whole);
}

#[tokio::test]
async fn an_upload_is_never_sent_again_once_it_may_have_arrived() {
    for (answers, delivery) in [
        (&[][..], Delivery::Unknown),
        (&[(503, "{}")], Delivery::Unknown),
        (&[(201, "<html>")], Delivery::Unknown),
        (&[(409, "{}")], Delivery::Rejected),
    ] {
        for body in [Body::from("one"), streamed("one")] {
            let (client, service) = StandIn::new(answers);
            let form = Multipart::new().file("file", "a.png", "image/png", body);
            let error = client.upload(form).await.unwrap_err();
            assert_eq!(error.delivery(), delivery, "{answers:?}");
            assert_eq!(service.seen().len(), 1, "{answers:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn bytes_are_sent_again_after_a_429_and_a_stream_is_not() {
    const ANSWERS: [(u16, &str); 2] = [(429, "{}"), (201, "[]")];
    let form = |body| Multipart::new().file("file", "a.png", "image/png", body);
    let (client, service) = StandIn::new(&ANSWERS);
    let call = client.upload(form(Body::from("one")));
    assert!(call.clone().await.unwrap().is_empty());
    assert_eq!(service.seen().len(), 2);

    let (client, service) = StandIn::new(&ANSWERS);
    let call = client.upload(form(streamed("one")));
    let error = call.clone().await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::Rejected);
    assert_eq!(service.seen().len(), 1);
    // A clone shares the stream, which was sent.
    let error = call.await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(service.seen().len(), 1);
}
