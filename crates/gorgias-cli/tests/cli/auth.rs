//! `auth status`.

use serde_json::{Value, json};

use crate::helpdesk_lists::account;
use crate::support::{Canned, Served, gorgias, reply, run, run_at};

#[test]
fn the_account_the_user_and_the_limit_are_shown() {
    let emulated = run(&mut gorgias(&["auth", "status", "--emulator"])).json();
    assert_eq!(emulated["account"]["domain"], "acme");

    let account = account();
    let server = Served::start(&["--load", account.path()]);
    let mut command = gorgias(&["auth", "status", "--base-url", server.base_url()]);
    let status = run(command
        .env("GORGIAS_EMAIL", "Bob@acme.example")
        .env("GORGIAS_API_KEY", "a-key"));
    let status = status.json();
    assert_eq!(status["user"]["id"], 12);
    assert_eq!(status["rate_limit"], json!({"used": 1, "limit": 40}));

    // A token is an app's.
    let mut command = gorgias(&["auth", "status", "--base-url", server.base_url()]);
    let status = run(command.env("GORGIAS_ACCESS_TOKEN", "a-token")).json();
    assert_eq!(status["account"]["domain"], "acme");
    assert_eq!(status["user"], Value::Null);
}

#[test]
fn credentials_that_are_refused_and_none_have_their_exit_codes() {
    let answer = reply(
        "401 Unauthorized",
        "content-type: application/json\r\n",
        "{}",
    );
    let server = Canned::answering(answer);
    assert_eq!(run_at(server.base_url(), &["auth", "status"]).failed(), 3);
    assert_eq!(run(&mut gorgias(&["auth", "status"])).failed(), 5);
}
