//! Tests of the data that a proxy sees.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use security_tests::serve::{read_request, serve};
use tokio::io::AsyncWriteExt;

use crate::probe::probe;

/// Starts a proxy that refuses every tunnel with a status, and records the
/// requests.
async fn proxy(status: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let address = serve(move |mut stream| {
        let log = Arc::clone(&log);
        async move {
            let request = read_request(&mut stream).await;
            log.lock().unwrap().push(request);
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    })
    .await;
    (format!("http://{address}"), seen)
}

fn check(seen: &Mutex<Vec<String>>) {
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 1, "{seen:?}");
    let request = seen[0].to_ascii_lowercase();
    assert!(
        request.starts_with("connect acme.gorgias.com:443 http/1.1\r\n"),
        "{request}"
    );
    assert!(!request.contains("\r\nauthorization:"), "{request}");
    assert!(!request.contains("jane@example.com"), "{request}");
}

#[tokio::test]
async fn a_proxy_of_the_environment_sees_a_tunnel_and_no_credentials() {
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        for status in ["407 Proxy Authentication Required", "502 Bad Gateway"] {
            let (url, seen) = proxy(status).await;
            let text = probe(&["-"], &[(name, &url)]).await;
            assert!(text.starts_with("Connect NotSent"), "{name}: {text}");
            check(&seen);
        }
    }
}

#[tokio::test]
async fn a_chosen_proxy_replaces_that_of_the_environment() {
    let (ignored, unseen) = proxy("502 Bad Gateway").await;
    let (url, seen) = proxy("502 Bad Gateway").await;
    let text = probe(&["-", "--proxy", &url], &[("HTTPS_PROXY", &ignored)]).await;
    assert!(text.starts_with("Connect NotSent"), "{text}");
    check(&seen);
    assert!(unseen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_password_of_a_proxy_goes_to_the_proxy_and_nowhere_else() {
    let (url, seen) = proxy("407 Proxy Authentication Required").await;
    let url = url.replace("http://", "http://user:hunter2hunter2@");
    for (arguments, environment) in [
        (vec!["-", "--proxy", &url], vec![]),
        (vec!["-"], vec![("HTTPS_PROXY", url.as_str())]),
    ] {
        seen.lock().unwrap().clear();
        let text = probe(&arguments, &environment).await;
        assert!(text.starts_with("Connect NotSent"), "{text}");
        let password = STANDARD.encode("user:hunter2hunter2");
        assert!(
            !text.contains("hunter2") && !text.contains(&password),
            "{text}"
        );
        check(&seen);
        assert!(seen.lock().unwrap()[0].contains(&password));
    }
}

#[tokio::test]
async fn no_proxy_means_none() {
    let (url, seen) = proxy("502 Bad Gateway").await;
    // No server answers there either. The test only looks whether the proxy was
    // asked.
    let closed = "https://127.0.0.1:9";
    let environment = [("HTTPS_PROXY", url.as_str()), ("ALL_PROXY", url.as_str())];
    let text = probe(&[closed, "--no-proxy"], &environment).await;
    assert!(text.starts_with("Connect NotSent"), "{text}");
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn loopback_goes_through_no_proxy() {
    let (url, seen) = proxy("502 Bad Gateway").await;
    let environment = [
        ("HTTP_PROXY", url.as_str()),
        ("HTTPS_PROXY", url.as_str()),
        ("ALL_PROXY", url.as_str()),
    ];
    for base in [
        "http://127.0.0.1:9",
        "https://127.0.0.1:9",
        "http://[::1]:9",
    ] {
        let text = probe(&[base], &environment).await;
        assert!(text.starts_with("Connect NotSent"), "{base}: {text}");
    }
    assert!(seen.lock().unwrap().is_empty());
}
