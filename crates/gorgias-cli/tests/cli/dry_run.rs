//! `--dry-run` shows what would be sent, to the byte.

use std::process::Command;

use crate::support::{
    Canned, FROM_JANE, TempFile, gorgias, reply, run, run_at, run_with_input, signed_in,
};

/// Everything that a reader of JSON could tidy away.
const ODD: &str = "{\"messages\" : [\n\t{\"from_agent\": false, \"channel\":\"api\", \
    \"body_text\": \"Gr\u{fc}\u{df}e \u{1f44b} \\u00fc \\/ it's\", \"attachments\": [], \
    \"receiver\": null}], \"meta\":{\"z\": 12345678901234567890123, \"a\": 1.0, \"e\": 1E5, \
    \"n\": null, \"o\": {}, \"deep\": {\"b\":[], \"a\": -0.0}}, \"subject\": null, \"tags\":[], \
    \"customer\": null}";

fn accepting() -> Canned {
    let json = "content-type: application/json\r\n";
    Canned::answering(reply("201 Created", json, r#"{"id":7}"#))
}

#[test]
fn a_file_is_printed_as_it_is() {
    let file = TempFile::new(ODD);
    let outcome = run(&mut gorgias(&[
        "ticket",
        "create",
        "--dry-run",
        "--file",
        file.path(),
    ]));
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(outcome.stdout, format!("{ODD}\n"));
    assert_eq!(outcome.stderr, "");
}

#[test]
fn a_dry_run_prints_no_body_that_would_not_be_sent() {
    let body = r#"{"messages": [{"channel": "api", "from_agent": false, "attachments": [
        {"url": "http://127.0.0.1/a.png", "name": "a.png", "content_type": "image/png"}]}]}"#;
    let file = TempFile::new(body);
    for how in ["--dry-run", "--emulator"] {
        let outcome = run(&mut gorgias(&[
            "ticket",
            "create",
            how,
            "--file",
            file.path(),
        ]));
        assert_eq!(outcome.failed(), 2, "{outcome:?}");
        assert_eq!(outcome.pointers(), ["messages/0/attachments/0/url"]);
    }
}

#[test]
fn an_e_mail_that_does_not_say_where_it_went_is_printed_with_a_warning() {
    let body = r#"{"messages": [{"channel": "email", "from_agent": false}]}"#;
    let file = TempFile::new(body);
    let create = ["ticket", "create", "--dry-run", "--file", file.path()];
    let outcome = run(&mut gorgias(&create));
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(outcome.stdout, format!("{body}\n"));
    assert!(
        outcome
            .stderr
            .starts_with("note: /messages/0/source: is needed: the service is said to refuse an e-mail without it"),
        "{outcome:?}"
    );
    // Flags never make one.
    let by_id = ["ticket", "create", "--dry-run", "--channel", "email"];
    let by_id = [
        &by_id[..],
        &["--from", "id:7", "--to", "a@example.com", "--text", "x"],
    ]
    .concat();
    let outcome = run(&mut gorgias(&by_id));
    assert_eq!(outcome.failed(), 2);
    assert_eq!(outcome.pointers(), ["messages/0/source/from/address"]);
}

#[test]
fn a_file_is_sent_as_it_was_printed() {
    let server = accepting();
    let file = TempFile::new(ODD);
    run_at(
        server.base_url(),
        &["ticket", "create", "--file", file.path()],
    )
    .json();
    assert_eq!(String::from_utf8(server.request().body).unwrap(), ODD);
}

#[test]
fn flags_are_sent_as_they_were_printed() {
    let server = accepting();
    let flags = [
        &FROM_JANE[..],
        &["--subject", "it's \"\u{1f44b}\" \\", "--tag", "a"],
    ]
    .concat();
    run_at(server.base_url(), &flags).json();
    let printed = run(&mut gorgias(&[&flags[..], &["--dry-run"]].concat())).stdout;
    assert_eq!(
        String::from_utf8(server.request().body).unwrap() + "\n",
        printed
    );
}

#[test]
fn standard_input_is_a_file_too_and_may_start_with_a_byte_order_mark() {
    let create = ["ticket", "create", "--dry-run", "--file", "-"];
    let outcome = run_with_input(&mut gorgias(&create), format!("\u{feff}{ODD}\n"));
    assert_eq!(outcome.stdout, format!("{ODD}\n"), "{outcome:?}");
}

#[test]
fn nothing_is_sent_and_no_account_is_needed() {
    let server = accepting();
    for more in [&["--dry-run"][..], &["--dry-run", "--curl"]] {
        let arguments = [&FROM_JANE[..], more].concat();
        assert_eq!(run_at(server.base_url(), &arguments).code, Some(0));
        assert_eq!(run(&mut gorgias(&arguments)).code, Some(0));
    }
    assert_eq!(server.count(), 0);
    let emulated = run(&mut gorgias(
        &[&FROM_JANE[..], &["--dry-run", "--emulator"]].concat(),
    ));
    assert_eq!(emulated.json()["customer"]["email"], "jane@example.com");
}

/// The words a shell makes of a command.
fn words(command: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}");
    let output = Command::new("sh")
        .args(["-euc", &script])
        .envs(variables.iter().copied())
        .output()
        .expect("sh runs");
    assert!(output.status.success(), "{command}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn the_curl_command_means_the_same_request_to_a_shell() {
    let file = TempFile::new(ODD);
    let create = [
        "ticket",
        "create",
        "--dry-run",
        "--curl",
        "--file",
        file.path(),
    ];
    let variables = [
        ("GORGIAS_SUBDOMAIN", "acme"),
        ("GORGIAS_EMAIL", "agent@acme.example"),
        ("GORGIAS_API_KEY", "k3y-'$(id)"),
    ];
    let expected = [
        "https://acme.gorgias.com/api/tickets",
        "--user",
        "agent@acme.example:k3y-'$(id)",
        "--header",
        "content-type: application/json",
        "--data-raw",
        ODD,
    ];
    // Whether or not the variables are set when the command is made.
    let bare = run(&mut gorgias(&create)).stdout;
    assert_eq!(words(&bare, &variables), expected);
    let set = run(gorgias(&create).envs(variables)).stdout;
    assert!(!set.contains("k3y"), "{set}");
    assert_eq!(words(&set, &variables), expected);
}

#[test]
fn the_curl_command_follows_the_connection() {
    let arguments = [&FROM_JANE[..], &["--dry-run", "--curl"]].concat();
    let there = run(&mut signed_in("http://127.0.0.1:9/", &arguments)).stdout;
    assert!(
        there.starts_with("curl 'http://127.0.0.1:9/api/tickets' "),
        "{there}"
    );
    let token = run(gorgias(&arguments).env("GORGIAS_ACCESS_TOKEN", "t0ken")).stdout;
    assert!(
        token.contains("--oauth2-bearer \"$GORGIAS_ACCESS_TOKEN\""),
        "{token}"
    );
    assert!(!token.contains("t0ken"), "{token}");
    let refused = run(gorgias(&arguments).env("GORGIAS_SUBDOMAIN", "evil.example#'; id"));
    assert_eq!(refused.failed(), 2);
    assert!(!refused.stderr.contains("evil"), "{refused:?}");
}

#[test]
fn an_invalid_ticket_is_not_printed() {
    let outcome = run_with_input(
        &mut gorgias(&["ticket", "create", "--dry-run", "--file", "-"]),
        r#"{"messages": []}"#,
    );
    assert_eq!(outcome.failed(), 2);
    assert_eq!(outcome.pointers(), ["messages"]);
}
