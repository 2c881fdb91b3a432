//! Credentials come from the environment, and never come out again.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use crate::support::{Canned, FROM_JANE, Served, gorgias, reply, run};

const NAMES: [&str; 4] = [
    "GORGIAS_SUBDOMAIN",
    "GORGIAS_EMAIL",
    "GORGIAS_API_KEY",
    "GORGIAS_ACCESS_TOKEN",
];

#[test]
fn missing_ones_are_named() {
    let login = &NAMES[1..];
    for (set, named) in [
        (&[][..], &NAMES[..]),
        (&[("GORGIAS_SUBDOMAIN", "acme")], login),
        (&[("GORGIAS_BASE_URL", "http://127.0.0.1:9")], login),
        (
            &[("GORGIAS_SUBDOMAIN", "acme"), ("GORGIAS_EMAIL", "a@b.c")],
            login,
        ),
        (
            &[("GORGIAS_SUBDOMAIN", "acme"), ("GORGIAS_API_KEY", "k3y")],
            login,
        ),
        (
            &[("GORGIAS_SUBDOMAIN", "acme"), ("GORGIAS_ACCESS_TOKEN", "")],
            login,
        ),
        (&[("GORGIAS_ACCESS_TOKEN", "t0ken")], &NAMES[..1]),
        (
            &[("GORGIAS_EMAIL", "a@b.c"), ("GORGIAS_API_KEY", "k3y")],
            &NAMES[..1],
        ),
    ] {
        for arguments in [&FROM_JANE[..], &["ticket", "get", "7"], &["ticket", "list"]] {
            let outcome = run(gorgias(arguments).envs(set.iter().copied()));
            assert_eq!(outcome.failed(), 5, "{set:?}: {outcome:?}");
            for name in NAMES {
                let said = outcome.stderr.contains(name);
                assert_eq!(said, named.contains(&name), "{set:?}: {name}: {outcome:?}");
            }
            assert!(!outcome.stderr.contains("k3y") && !outcome.stderr.contains("t0ken"));
        }
    }
}

#[test]
fn two_kinds_at_once_are_refused() {
    let both = [
        ("GORGIAS_EMAIL", "a@b.c"),
        ("GORGIAS_API_KEY", "k"),
        ("GORGIAS_ACCESS_TOKEN", "t"),
    ];
    let outcome = run(gorgias(&FROM_JANE)
        .envs(both)
        .env("GORGIAS_SUBDOMAIN", "acme"));
    assert_eq!(outcome.failed(), 2, "{outcome:?}");
}

#[test]
fn an_address_that_would_leak_them_is_refused() {
    for address in [
        "http://acme.gorgias.com",
        "http://localhost:8080",
        "http://127.0.0.1.nip.io",
        "https://user:k3y@acme.gorgias.com",
        "ftp://127.0.0.1",
        "acme.gorgias.com",
        "http://2130706433",
    ] {
        for flag in [true, false] {
            let mut command = gorgias(&FROM_JANE);
            command.env("GORGIAS_ACCESS_TOKEN", "t0ken");
            if flag {
                command.args(["--base-url", address]);
            } else {
                command.env("GORGIAS_BASE_URL", address);
            }
            let outcome = run(&mut command);
            assert_eq!(outcome.failed(), 2, "{address}: {outcome:?}");
            assert!(!outcome.stderr.contains("k3y"), "{outcome:?}");
        }
    }
    for name in ["evil.example#", "a.b", "acme/../x", "-acme"] {
        let command = &mut gorgias(&FROM_JANE);
        let outcome = run(command
            .env("GORGIAS_ACCESS_TOKEN", "t0ken")
            .env("GORGIAS_SUBDOMAIN", name));
        assert_eq!(outcome.failed(), 2, "{name}: {outcome:?}");
    }
}

#[test]
fn pinned_ones_let_nobody_else_in() {
    let server = Served::start(&["--credentials", "agent@acme.example:right"]);
    let with = |key: &str| {
        let mut command = gorgias(&["ticket", "list", "--base-url", server.base_url()]);
        run(command
            .env("GORGIAS_EMAIL", "agent@acme.example")
            .env("GORGIAS_API_KEY", key))
    };
    let wrong = with("wrong");
    assert_eq!(wrong.failed(), 3, "{wrong:?}");
    assert!(wrong.stderr.contains("401"), "{wrong:?}");
    assert_eq!(with("right").json(), serde_json::json!([]));
    let mut token = gorgias(&["ticket", "list", "--base-url", server.base_url()]);
    assert_eq!(run(token.env("GORGIAS_ACCESS_TOKEN", "right")).failed(), 3);
}

#[test]
fn an_access_token_signs_in() {
    let mut server = Served::start(&[]);
    let mut command = gorgias(&["ticket", "list", "--base-url", server.base_url()]);
    run(command.env("GORGIAS_ACCESS_TOKEN", "t0ken")).json();
    let line = server.log_line();
    assert!(line.contains(" 200 GET /api/tickets"), "{line}");
}

/// The key, and how it would look in a header.
const KEY: &str = "canary-9f3b51";
const ENCODED: &str = "YWdlbnRAYWNtZS5leGFtcGxlOmNhbmFyeS05ZjNiNTE=";

#[test]
fn no_output_repeats_the_key() {
    let echo = format!("{{\"error\":{{\"msg\":\"Bad key {KEY} in {ENCODED}\"}}}}");
    let echoing = Canned::answering(reply(
        "401 Unauthorized",
        "content-type: application/json\r\n",
        &echo,
    ));
    let closed = "http://127.0.0.1:9";
    let dry = [&FROM_JANE[..], &["--dry-run"]].concat();
    let curl = [&FROM_JANE[..], &["--dry-run", "--curl"]].concat();
    let invalid = [
        "ticket",
        "create",
        "--from",
        "a@b.c",
        "--text",
        "x",
        "--priority",
        "no",
    ];
    for (base_url, arguments, code) in [
        (closed, &dry[..], 0),
        (closed, &curl, 0),
        (closed, &invalid, 2),
        ("http://localhost", &FROM_JANE, 2),
        (echoing.base_url(), &FROM_JANE, 3),
        (echoing.base_url(), &["ticket", "list"], 3),
        (closed, &FROM_JANE, 5),
    ] {
        let mut command = gorgias(arguments);
        command
            .env("GORGIAS_EMAIL", "agent@acme.example")
            .env("GORGIAS_API_KEY", KEY)
            .env("GORGIAS_BASE_URL", base_url);
        let outcome = run(&mut command);
        assert_eq!(outcome.code, Some(code), "{outcome:?}");
        let all = outcome.stdout + &outcome.stderr;
        assert!(!all.contains(KEY) && !all.contains(ENCODED), "{all}");
    }
}

#[test]
fn a_key_that_is_none_is_not_repeated() {
    for key in [
        OsStr::new("canary key"),
        OsStr::new("canary\nkey"),
        OsStr::from_bytes(b"canary\xff"),
    ] {
        let mut command = gorgias(&FROM_JANE);
        command
            .env("GORGIAS_SUBDOMAIN", "acme")
            .env("GORGIAS_EMAIL", "agent@acme.example")
            .env("GORGIAS_API_KEY", key);
        let outcome = run(&mut command);
        assert_eq!(outcome.failed(), 2, "{outcome:?}");
        assert!(!outcome.stderr.contains("canary"), "{outcome:?}");
    }
}
