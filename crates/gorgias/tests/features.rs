//! What each set of features can do. To be run with each of them:
//!
//! ```text
//! cargo hack test -p gorgias --feature-powerset --test features
//! ```

use gorgias::{Client, ClientBuilder, Delivery, Error, ErrorKind, NewTicket, RetryPolicy};
use gorgias_emulator::Emulator;
use tokio::net::TcpListener;

const NATIVE: bool = cfg!(feature = "native-tls");
const RUSTLS: bool = cfg!(feature = "rustls");
const WITHOUT_PROVIDER: bool = cfg!(feature = "rustls-no-provider") && !RUSTLS && !NATIVE;
const TLS: bool = NATIVE || RUSTLS || WITHOUT_PROVIDER;

fn builder() -> ClientBuilder {
    Client::builder("acme").api_key("agent@acme.example", "key")
}

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

/// Where a program has to bring its own, brings it.
fn install_provider() {
    if WITHOUT_PROVIDER {
        // Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

fn cause(error: &Error) -> String {
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.delivery(), Delivery::NotSent);
    std::error::Error::source(error).unwrap().to_string()
}

#[test]
fn https_without_tls_fails_at_construction_and_names_the_features() {
    install_provider();
    let built = builder().build();
    assert_eq!(built.is_ok(), TLS, "{built:?}");
    if let Err(error) = built {
        let cause = cause(&error);
        for feature in ["rustls,", "rustls-no-provider", "native-tls"] {
            assert!(cause.contains(feature), "{cause} lacks {feature}");
        }
    }
}

#[tokio::test]
async fn loopback_and_services_need_no_tls() {
    install_provider();
    let emulator = Emulator::builder().build().unwrap();
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    for builder in [
        builder().base_url(server.base_url()),
        builder().service(emulator.service()),
    ] {
        let client = builder.build().unwrap();
        client.tickets().create(ticket()).await.unwrap();
    }
    assert_eq!(emulator.ticket_count(), 2);
}

/// The handshake is begun, by whichever library it is.
#[tokio::test]
async fn a_failed_handshake_means_that_nothing_was_sent() {
    if !TLS {
        return;
    }
    install_provider();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        stream.readable().await.unwrap();
        let mut first = [0];
        assert_eq!(stream.try_read(&mut first).unwrap(), 1);
        first[0]
    });
    let client = builder().base_url(format!("https://{address}"));
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    let error = client.tickets().create(ticket()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    assert_eq!(error.delivery(), Delivery::NotSent);
    const HANDSHAKE: u8 = 22;
    assert_eq!(server.await.unwrap(), HANDSHAKE);
}
