//! What happens to a program that forgot its crypto provider. Alone in its
//! process, where nothing else can have installed one.
#![cfg(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
))]

use std::error::Error as _;

use gorgias::{Client, ErrorKind};

#[test]
fn a_missing_provider_is_an_error_until_it_is_installed() {
    let build = || {
        let builder = Client::builder("acme").api_key("agent@acme.example", "key");
        builder.build()
    };
    let error = build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("feature rustls-no-provider"), "{cause}");
    assert!(cause.contains("install_default"), "{cause}");

    let provider = rustls::crypto::ring::default_provider();
    provider.install_default().unwrap();
    build().unwrap();
}
