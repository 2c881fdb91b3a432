//! Tests of JSON that breaks parsers.

use bytes::Bytes;
use gorgias::{Created, Error, ErrorKind};
use http::Response;
use security_tests::client::{builder, ticket};
use security_tests::in_process::Answering;

const DEEP: usize = 100_000;

async fn answered(status: u16, body: String) -> Result<Created, Error> {
    let transport = Answering::with(move |_| {
        Response::builder()
            .status(status)
            .header("content-type", "application/json")
            .body(Bytes::from(body.clone()))
            .unwrap()
    });
    let client = builder().transport(transport).build().unwrap();
    client.tickets().create(ticket()).await
}

#[tokio::test]
async fn json_a_hundred_thousand_levels_deep_is_survived() {
    let arrays = |inner: &str| "[".repeat(DEEP) + inner + &"]".repeat(DEEP);
    let objects = |inner: &str| "{\"a\":".repeat(DEEP) + inner + &"}".repeat(DEEP);
    for deep in [
        arrays("1"),
        objects("1"),
        "[".repeat(DEEP),
        "{\"a\":".repeat(DEEP),
        "[{\"a\":".repeat(DEEP / 2),
    ] {
        for body in [
            deep.clone(),
            format!("{{\"error\":{{\"msg\":\"x\",\"data\":{deep}}}}}"),
        ] {
            for status in [201, 400] {
                let error = answered(status, body.clone()).await.unwrap_err();
                assert_eq!(error.status().unwrap().as_u16(), status);
            }
        }
        // The ticket can be read in spite of the nested member.
        let ticket = format!("{{\"meta\":{deep},\"id\":7}}");
        match answered(201, ticket).await {
            Ok(created) => assert_eq!(created.ticket.id, 7),
            Err(error) => assert_eq!(error.kind(), ErrorKind::UnexpectedResponse),
        }
    }
}

#[tokio::test]
async fn floods_of_members_and_numbers_are_survived() {
    let members: String = (0..200_000).map(|n| format!("\"m{n}\":{n},")).collect();
    let body = format!("{{{members}\"id\":7}}");
    assert_eq!(answered(201, body).await.unwrap().ticket.id, 7);
    let digits = "9".repeat(1_000_000);
    for body in [
        format!("{{\"id\":7,\"spam\":{digits}}}"),
        format!("{{\"id\":7,\"customer\":{{\"id\":{digits}}}}}"),
        format!("{{\"id\":7,\"created_datetime\":\"{digits}\"}}"),
    ] {
        assert_eq!(answered(201, body).await.unwrap().ticket.id, 7);
    }
    let errors = format!("{{\"error\":{{\"data\":{{{}\"x\":1}}}}}}", members);
    let error = answered(400, errors).await.unwrap_err();
    assert!(error.field_errors().len() <= 1_000);
}
