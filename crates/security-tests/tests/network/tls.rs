//! Tests of certificates that must not be trusted.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use security_tests::serve::{Counter, read_request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

use crate::probe::probe;

const ANSWER: &str = "{\"id\": 7}";

/// A certificate authority that the probe trusts through an environment
/// variable.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    fn write(&self, path: &Path) {
        std::fs::write(path, self.0.pem()).unwrap();
    }
}

/// The flaw of a server's TLS.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Flaw {
    None,
    SelfSigned,
    WrongHost,
    Expired,
    NotYetValid,
    OldVersionOnly,
}

fn config(flaw: Flaw, authority: &Authority) -> ServerConfig {
    let host = match flaw {
        Flaw::WrongHost => "acme.gorgias.com",
        _ => "127.0.0.1",
    };
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    match flaw {
        Flaw::Expired => {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2020, 2, 1);
        }
        Flaw::NotYetValid => {
            params.not_before = date_time_ymd(2090, 1, 1);
            params.not_after = date_time_ymd(2090, 2, 1);
        }
        _ => {}
    }
    let key = KeyPair::generate().unwrap();
    let certificate = match flaw {
        Flaw::SelfSigned => params.self_signed(&key).unwrap(),
        _ => params.signed_by(&key, &authority.0).unwrap(),
    };
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap()
}

/// Starts a server that answers every request with a ticket, and counts the
/// bytes received through TLS.
async fn server(flaw: Flaw, authority: &Authority, seen: Counter) -> String {
    let acceptor = TlsAcceptor::from(Arc::new(config(flaw, authority)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if flaw == Flaw::OldVersionOnly {
                let _: io::Result<()> = refuse_versions(&mut stream).await;
                continue;
            }
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            seen.add(read_request(&mut stream).await.len());
            let answer = format!(
                "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n\
                 content-length: {}\r\n\r\n{ANSWER}",
                ANSWER.len()
            );
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    format!("https://{address}")
}

/// Answers a hello with TLS 1.0, as a server that supports no other version.
async fn refuse_versions(stream: &mut tokio::net::TcpStream) -> io::Result<()> {
    let mut hello = [0; 4096];
    let _ = stream.read(&mut hello).await?;
    let mut server_hello = vec![0x02, 0x00, 0x00, 0x26, 0x03, 0x01];
    server_hello.extend([7; 32]);
    // No session, an old cipher, no compression.
    server_hello.extend([0x00, 0x00, 0x2f, 0x00]);
    let mut record = vec![0x16, 0x03, 0x01, 0x00, server_hello.len() as u8];
    record.extend(server_hello);
    stream.write_all(&record).await?;
    // Bytes that come now would be the request.
    let _ = stream.read(&mut hello).await?;
    Ok(())
}

async fn outcome(flaw: Flaw, trusted: bool) -> (String, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("authority.pem");
    let authority = Authority::new();
    authority.write(&path);
    let seen = Counter::default();
    let url = server(flaw, &authority, seen.clone()).await;
    let path = path.to_str().unwrap();
    let environment: &[(&str, &str)] = match trusted {
        true => &[("SSL_CERT_FILE", path)],
        false => &[],
    };
    let text = probe(&[&url], environment).await;
    (text, seen.get())
}

/// The test runs only on platforms where an environment variable can replace the
/// store of certificates.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_good_certificate_of_a_trusted_authority_is_accepted() {
    let (text, seen) = outcome(Flaw::None, true).await;
    assert!(text.starts_with("created 7"), "{text}");
    assert!(seen > 0);
}

#[tokio::test]
async fn a_bad_certificate_means_that_nothing_was_sent() {
    for (flaw, trusted) in [
        (Flaw::None, false),
        (Flaw::SelfSigned, true),
        (Flaw::SelfSigned, false),
        (Flaw::WrongHost, true),
        (Flaw::Expired, true),
        (Flaw::NotYetValid, true),
        (Flaw::OldVersionOnly, true),
    ] {
        let (text, seen) = outcome(flaw, trusted).await;
        assert!(text.starts_with("Connect NotSent"), "{flaw:?}: {text}");
        assert_eq!(seen, 0, "{flaw:?}");
    }
}

/// Each error names its flaw, so each server was refused for its own flaw.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn each_bad_certificate_is_refused_for_its_own_reason() {
    for (flaw, reason) in [
        (Flaw::WrongHost, "not valid for name"),
        (Flaw::Expired, "expired"),
        (Flaw::NotYetValid, "not valid yet"),
        (Flaw::SelfSigned, "certificate"),
    ] {
        let (text, _) = outcome(flaw, true).await;
        assert!(text.contains(reason), "{flaw:?}: {text}");
    }
}
