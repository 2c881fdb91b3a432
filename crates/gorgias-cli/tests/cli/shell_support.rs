//! Completions and manual pages.

use std::process::Command;
use std::{env, fs, process};

use crate::support::{TempFile, gorgias, run};

#[test]
fn every_shell_gets_a_script_that_knows_the_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let outcome = run(&mut gorgias(&["completions", shell]));
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        for word in ["external-id", "emulator", "order-by"] {
            assert!(outcome.stdout.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(run(&mut gorgias(&["completions", "cmd"])).failed(), 2);
}

#[test]
fn the_bash_script_completes() {
    let script = TempFile::new(run(&mut gorgias(&["completions", "bash"])).stdout);
    let probe = format!(
        "source {}; COMP_WORDS=(gorgias ticket create --ext); COMP_CWORD=3; \
         _gorgias gorgias --ext create; echo \"${{COMPREPLY[@]}}\"",
        script.path()
    );
    let output = Command::new("bash")
        .args(["--norc", "-c", &probe])
        .output()
        .expect("bash runs");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "--external-id"
    );
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = env::temp_dir().join(format!("gorgias-cli-manual-{}", process::id()));
    fs::create_dir_all(&folder).expect("is made");
    let outcome = run(gorgias(&["manual"]).arg(&folder));
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), ""));
    for (page, said) in [
        ("gorgias.1", ".SH EXTRA\n.nf\nFirst steps"),
        ("gorgias-ticket-create.1", r"\-\-external\-id"),
        ("gorgias-ticket-get.1", r"\-\-custom\-fields"),
        ("gorgias-ticket-list.1", r"\-\-order\-by"),
        ("gorgias-emulator.1", r"read\-then\-close"),
    ] {
        let text = fs::read_to_string(folder.join(page)).expect(page);
        assert!(text.contains(said), "{page}");
    }
    fs::remove_dir_all(&folder).expect("is removed");

    let missing = run(gorgias(&["manual"]).arg(&folder));
    assert_eq!(missing.failed(), 2, "{missing:?}");
}
