//! Checks that the tests in this folder notice a leak.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use security_tests::canary::Canaries;
use security_tests::capture::Capture;
use tracing::level_filters::LevelFilter;

/// A client with leaks.
#[derive(Debug)]
#[expect(dead_code, reason = "derived Debug reads it")]
struct Leaky {
    key: String,
    body: Vec<u8>,
}

#[test]
fn a_leak_of_every_kind_is_found() {
    let mut canaries = Canaries::default();
    let key = canaries.add("key");
    let body = canaries.add("body");
    let email = canaries.add("email");
    let text = canaries.add("text");
    let id = canaries.add("external id");
    let quiet = canaries.add("quiet");
    let out = Capture::start(LevelFilter::TRACE);
    assert!(canaries.found_in(out.text().as_bytes()).is_empty());

    let leaky = Leaky {
        key,
        body: body.clone().into_bytes(),
    };
    out.add_debug(&leaky);
    tracing::trace!(email, "sending");
    let span = tracing::info_span!("attempt", note = tracing::field::Empty);
    span.record("note", text.as_str());
    log::debug!(
        "authorization: Basic {}",
        STANDARD.encode(format!("a@b:{id}"))
    );
    let found = canaries.found_in(out.text().as_bytes());
    assert_eq!(found, ["body", "email", "external id", "key", "text"]);

    let panic = std::panic::catch_unwind(|| panic!("could not send {quiet}"));
    assert!(panic.is_err());
    assert!(canaries.found_in(out.text().as_bytes()).contains(&"quiet"));
}

#[test]
fn what_is_below_the_level_is_not_collected() {
    let mut canaries = Canaries::default();
    let word = canaries.add("word");
    let out = Capture::start(LevelFilter::WARN);
    tracing::info!(word, "said");
    log::info!("{word}");
    assert!(canaries.found_in(out.text().as_bytes()).is_empty());
    tracing::warn!(word, "said");
    assert_eq!(canaries.found_in(out.text().as_bytes()), ["word"]);
}

#[test]
fn a_word_is_found_in_every_form() {
    let mut canaries = Canaries::default();
    let word = canaries.add("word");
    for prefix in ["", "x", "xy", "xyz"] {
        let encoded = STANDARD.encode(format!("{prefix}{word} and more"));
        assert_eq!(canaries.found_in(encoded.as_bytes()), ["word"], "{prefix}");
    }
    let shown = format!("{:?}", word.as_bytes());
    assert_eq!(canaries.found_in(shown.as_bytes()), ["word"]);
    assert_eq!(canaries.found_in(word.to_uppercase().as_bytes()), ["word"]);
    assert!(canaries.found_in(&word.as_bytes()[1..]).is_empty());
}
