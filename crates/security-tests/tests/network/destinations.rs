//! Tests of the hosts that a client may send to.

use proptest::prelude::*;
use security_tests::serve::{Counter, read_request, serve};

use crate::probe::probe;

fn pasted() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zA-Z0-9-]{0,12}",
        Just(".gorgias.com".to_owned()),
        Just("https://".to_owned()),
        "[.@:/?#\\\\%\\[\\] \t]{0,2}",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn every_accepted_text_gives_a_host_of_the_helpdesk(text in pasted()) {
        security_tests::fuzz::run("subdomain", text.as_bytes());
    }
}

/// A plain listener behind an https address sees a TLS hello and no HTTP.
#[tokio::test]
async fn nothing_of_a_request_leaves_in_the_clear() {
    let bytes = Counter::default();
    let seen = bytes.clone();
    let address = serve(move |mut stream| {
        let seen = seen.clone();
        async move {
            let text = read_request(&mut stream).await;
            if text.contains("HTTP/") || text.contains("authorization") || text.contains("jane") {
                seen.add(text.len());
            }
        }
    })
    .await;
    let text = tokio::time::timeout(
        std::time::Duration::from_secs(20),
        probe(&[&format!("https://{address}")], &[]),
    )
    .await
    .unwrap();
    assert!(text.starts_with("Connect NotSent"), "{text}");
    assert_eq!(bytes.get(), 0);
}
