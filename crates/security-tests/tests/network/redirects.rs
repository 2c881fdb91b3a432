//! Tests that redirects are reported and not followed.

use gorgias::{Delivery, ErrorKind};
use security_tests::client::{builder, ticket};
use security_tests::serve::{Counter, read_request, serve};
use tokio::io::AsyncWriteExt;

async fn redirecting(status: u16, location: String) -> String {
    let address = serve(move |mut stream| {
        let location = location.clone();
        async move {
            read_request(&mut stream).await;
            let answer = format!(
                "HTTP/1.1 {status} Moved\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    })
    .await;
    format!("http://{address}")
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let visits = Counter::default();
    let seen = visits.clone();
    let elsewhere = serve(move |mut stream| {
        let seen = seen.clone();
        async move { seen.add(1 + read_request(&mut stream).await.len()) }
    })
    .await;
    for status in [301, 302, 303, 307, 308] {
        for path in ["secret-path?token=x", ""] {
            let base = redirecting(status, format!("http://{elsewhere}/{path}")).await;
            let client = builder().base_url(base).build().unwrap();
            let error = client.tickets().create(ticket()).await.unwrap_err();
            let told = (
                error.kind(),
                error.delivery(),
                error.status().unwrap().as_u16(),
            );
            assert_eq!(told, (ErrorKind::Redirect, Delivery::Unknown, status));
            let text = error.to_string();
            assert!(text.contains("127.0.0.1"), "{text}");
            assert!(!text.contains("secret-path"), "{text}");
            let error = client.tickets().get(7).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect);
        }
    }
    assert_eq!(visits.get(), 0);
}
