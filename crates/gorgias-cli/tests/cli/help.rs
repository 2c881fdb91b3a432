//! The help teaches what works.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::support::{TempFile, gorgias, run};

/// The example commands of a help text, continued lines joined.
fn examples(help: &str, start: &str) -> Vec<String> {
    let joined = help.replace("\\\n", " ");
    joined
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(start))
        .map(str::to_owned)
        .collect()
}

/// A command line in a shell that finds the binary.
pub(crate) fn on_path(command: &str) -> Command {
    let binary = Path::new(env!("CARGO_BIN_EXE_gorgias"));
    let mut path = vec![binary.parent().expect("a folder").to_owned()];
    path.extend(env::split_paths(&env::var_os("PATH").expect("a path")));
    let mut shell = Command::new("sh");
    shell
        .args(["-c", command])
        .env("PATH", env::join_paths(path).expect("a path"));
    shell
}

/// The exit code and the output of a command line.
fn shell(command: &str) -> (Option<i32>, String) {
    let output = on_path(command).output().expect("sh runs");
    let text = output.stdout.into_iter().chain(output.stderr).collect();
    (
        output.status.code(),
        String::from_utf8(text).expect("UTF-8"),
    )
}

#[test]
fn every_example_of_create_makes_a_valid_ticket() {
    let body = TempFile::new(r#"{"messages": [{"channel": "api", "from_agent": false}]}"#);
    let help = run(&mut gorgias(&["ticket", "create", "--help"])).stdout;
    let examples = examples(&help, "gorgias ticket create --");
    assert!(examples.len() >= 6, "{help}");
    for example in examples {
        let mut command = example.replace("ticket.json", body.path());
        command = command.replace("vase.jpg", body.path());
        if !command.contains("--dry-run") {
            command.push_str(" --dry-run");
        }
        let (code, text) = shell(&command);
        assert_eq!(code, Some(0), "{command}\n{text}");
    }
}

#[test]
fn the_first_steps_work_as_written() {
    let help = run(&mut gorgias(&["--help"])).stdout;
    let first = examples(&help, "gorgias ticket create --emulator");
    let (code, text) = shell(first.first().expect("an example"));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("\"Where is my order?\""), "{text}");
}

#[test]
fn the_readmes_first_command_works_as_written() {
    let readme = include_str!("../../../../README.md");
    let command = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run -q -p gorgias-cli -- "))
        .expect("a command");
    assert!(command.contains("--emulator"), "{command}");
    let (code, text) = shell(&format!("gorgias {command}"));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("\"Where is my order?\""), "{text}");
}

#[test]
fn every_command_is_described_alike_in_the_list_and_in_its_own_help() {
    let help = run(&mut gorgias(&["--help"])).stdout;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let list: Vec<_> = list.lines().take_while(|line| !line.is_empty()).collect();
    assert!(list.len() > 10, "{help}");
    for line in list {
        let (command, description) = line.trim().split_once(' ').expect(line);
        if command != "help" {
            let own = run(&mut gorgias(&[command, "--help"])).stdout;
            assert_eq!(own.lines().next(), Some(description.trim()), "{command}");
        }
    }
}

#[test]
fn the_help_of_a_command_lists_only_flags_that_it_takes() {
    let without_connection = [
        &["completions"][..],
        &["manual"],
        &["convert"],
        &["emulator"],
        &["journal", "show"],
    ];
    for flag in ["--emulator", "--timeout", "--verbose"] {
        for command in without_connection {
            let help = run(&mut gorgias(&[command, &["--help"]].concat())).stdout;
            assert!(!help.contains(flag), "{command:?} {flag}");
        }
        let help = run(&mut gorgias(&["journal", "forget", "--help"])).stdout;
        assert!(help.contains(flag), "{flag}");
    }
}

#[test]
fn every_exit_code_and_variable_is_explained() {
    let help = run(&mut gorgias(&["--help"])).stdout;
    for said in [
        "GORGIAS_SUBDOMAIN",
        "GORGIAS_EMAIL",
        "GORGIAS_API_KEY",
        "GORGIAS_ACCESS_TOKEN",
        "GORGIAS_BASE_URL",
        "\n  0  ",
        "\n  1  ",
        "\n  2  ",
        "\n  3  ",
        "\n  4  ",
        "\n  5  ",
    ] {
        assert!(help.contains(said), "{said}");
    }
}

#[test]
fn the_help_of_the_emulator_lists_the_faults() {
    let help = run(&mut gorgias(&["emulator", "--help"])).stdout;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for operation in gorgias_emulator::operations() {
        assert!(help.contains(&operation.id), "{}", operation.id);
    }
    for fault in gorgias_emulator::catalogue() {
        let line = format!("{} {} {}", fault.id(), fault.name(), fault.summary());
        assert!(help.contains(&line), "{line}");
    }
    let short = run(&mut gorgias(&["emulator", "-h"])).stdout;
    assert!(!short.contains("read-then-close"), "{short}");
}
