//! Writes generated files, or shows their differences from the checked-in files.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use similar::TextDiff;
use spec_codegen::emit::Source;

/// The exit code if `--check` finds a stale file. The exit code is 1 for a failure, and 2 for
/// wrong arguments.
const STALE: u8 = 4;

/// A file with the text that it should have. A file without a text should not exist.
pub struct GeneratedFile {
    pub path: PathBuf,
    pub text: Option<String>,
}

impl GeneratedFile {
    pub fn new(path: PathBuf, text: String) -> Self {
        Self {
            path,
            text: Some(text),
        }
    }
}

/// Returns the files that a folder should contain for these sources. The other files in the
/// folder are returned without a text, because they should not exist.
pub fn sources(folder: &Path, sources: Vec<Source>) -> Result<Vec<GeneratedFile>> {
    let mut files: Vec<_> = sources
        .into_iter()
        .map(|source| GeneratedFile::new(folder.join(source.name), source.text))
        .collect();
    let present = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let present = present.with_context(|| format!("cannot read {}", folder.display()))?;
    let mut others: Vec<_> = present
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| files.iter().all(|file| file.path != *path))
        .collect();
    others.sort();
    let others = others.into_iter();
    files.extend(others.map(|path| GeneratedFile { path, text: None }));
    Ok(files)
}

/// Reads a file.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a file, if there is one.
pub fn read_if_any(path: &Path) -> Result<Option<String>> {
    match path.exists() {
        true => read(path).map(Some),
        false => Ok(None),
    }
}

/// Returns the value of a TOML table under nested keys.
pub fn within<'a>(table: &'a toml::Table, keys: &[&str]) -> Option<&'a toml::Value> {
    let (first, rest) = keys.split_first()?;
    let start = table.get(*first);
    rest.iter().fold(start, |value, key| value?.get(key))
}

/// Lists all files in a folder and its subfolders, sorted. The folder `except` is left out.
pub fn list(folder: &Path, except: Option<&Path>) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    for entry in entries.with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.path();
        match path.is_dir() {
            true if except == Some(&path) => {}
            true => files.extend(list(&path, except)?),
            false => files.push(path),
        }
    }
    files.sort();
    Ok(files)
}

/// Reads the Rust files in a folder and its subfolders. The folder `except` is left out.
pub fn texts(folder: &Path, except: &Path) -> Result<Vec<String>> {
    let files = list(folder, Some(except))?.into_iter();
    let rust = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| read(&path)).collect()
}

/// Writes all files. With `check`, shows their differences instead; if a file is stale, prints an
/// error that calls the files `what` and names the `command` that writes them.
pub fn write_or_check(
    root: &Path,
    files: &[GeneratedFile],
    check: bool,
    what: &str,
    command: &str,
) -> Result<ExitCode> {
    let mut stale = false;
    for file in files {
        stale |= write_or_check_one(root, file, check)?;
    }
    if !stale {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("error: {what} are stale; run `cargo xtask {command}`");
    Ok(ExitCode::from(STALE))
}

/// Writes one file, or with `check` shows its differences. Returns whether the file is still
/// stale. Paths are shown relative to `root`.
fn write_or_check_one(root: &Path, file: &GeneratedFile, check: bool) -> Result<bool> {
    let path = &file.path;
    // A checkout on Windows may have other line endings.
    let present = read_if_any(path)?.map(|text| text.replace("\r\n", "\n"));
    let name = path.strip_prefix(root).unwrap_or(path);
    let name = name.display().to_string();
    if present == file.text {
        println!("{:>12} {name}", "Fresh");
        return Ok(false);
    }
    if check {
        println!("{:>12} {name}", "Stale");
        print_diff(
            &name,
            present.as_deref().unwrap_or_default(),
            file.text.as_deref().unwrap_or_default(),
        );
        return Ok(true);
    }
    match &file.text {
        Some(text) => {
            write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
            println!("{:>12} {name}", "Wrote");
        }
        None => {
            fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
            println!("{:>12} {name}", "Removed");
        }
    }
    Ok(false)
}

/// Writes the text to a temporary file beside `path`, and then renames the temporary file, so
/// that no reader sees half of the text.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}

fn print_diff(name: &str, present: &str, wanted: &str) {
    let diff = TextDiff::from_lines(present, wanted);
    print!(
        "{}",
        diff.unified_diff().context_radius(3).header(
            &format!("{name} (checked in)"),
            &format!("{name} (generated)")
        )
    );
}
