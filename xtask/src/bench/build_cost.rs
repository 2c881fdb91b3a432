//! Measures the cost of building a user's first program, beside programs with clients of other
//! services.
//!
//! Each program makes one call with the default features of its client. A variant of our program
//! leaves out the default provider of cryptography; only its crates are counted. The number of
//! crates is from `cargo tree`, for this machine. It includes the dependencies of build scripts and
//! macros, and leaves out the program itself. Seconds are processor seconds of one clean
//! release build. Between machines, only the ratios of seconds are comparable.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use super::{Measure, Unit};
use crate::process::{self, cargo, output};

/// The name of a program that makes one call. Its manifest and source are in a folder of
/// `xtask/hello`.
struct Hello(&'static str);

const GORGIAS: Hello = Hello("gorgias");

/// The program without the default provider of cryptography.
const NO_PROVIDER: Hello = Hello("gorgias without a crypto provider");

const OTHERS: [Hello; 2] = [Hello("octocrab"), Hello("async-stripe")];

/// Counts the crates of our programs, which takes a second.
///
/// # Errors
///
/// If cargo can't be run, or can't resolve a program's dependencies.
pub fn crates(root: &Path) -> Result<Vec<Measure>> {
    let count = |hello: &Hello, most| {
        let counted = hello.crates(&hello.write(root)?)?;
        anyhow::Ok(counted.gated().at_most(most))
    };
    Ok(vec![count(&GORGIAS, 110.0)?, count(&NO_PROVIDER, 100.0)?])
}

/// Counts all crates and builds the programs, which takes several minutes.
///
/// # Errors
///
/// If cargo can't be run, or a program doesn't build.
pub fn run(root: &Path) -> Result<Vec<Measure>> {
    let mut measures = crates(root)?;
    let mut ours = None;
    for hello in [&GORGIAS].into_iter().chain(&OTHERS) {
        let folder = hello.write(root)?;
        if !hello.is_ours() {
            measures.push(hello.crates(&folder)?);
        }
        let seconds = hello.build(&folder)?;
        measures.push(hello.measure("build", Unit::Seconds, seconds));
        let ours = *ours.get_or_insert(seconds);
        if !hello.is_ours() {
            let ratio = seconds / ours;
            measures.push(hello.measure("build, of gorgias's", Unit::Ratio, ratio));
        }
        measures.push(hello.measure("binary", Unit::Bytes, size(&folder)?));
    }
    Ok(measures)
}

impl Hello {
    fn measure(&self, what: &str, unit: Unit, value: f64) -> Measure {
        Measure::new(format!("hello {}/{what}", self.0), unit, value)
    }

    /// Whether the program uses our client. Then the versions of its dependencies are from our
    /// lock file, so the number of crates can be compared with the checked-in table.
    fn is_ours(&self) -> bool {
        self.0.starts_with("gorgias")
    }

    /// Writes the program as a workspace of its own. Returns the folder.
    fn write(&self, root: &Path) -> Result<PathBuf> {
        let name = self.0.replace(' ', "-");
        let folder = root.join("target/bench").join(format!("hello-{name}"));
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let manifest = root.join("xtask/hello").join(name).join("Cargo.toml");
        fs::copy(&manifest, folder.join("Cargo.toml"))
            .with_context(|| format!("cannot copy {}", manifest.display()))?;
        if self.is_ours() {
            fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
                .context("cannot copy Cargo.lock")?;
        }
        Ok(folder)
    }

    /// Counts the crates that cargo compiles for the program.
    fn crates(&self, folder: &Path) -> Result<Measure> {
        let mut tree = plain_cargo(folder);
        tree.args(["tree", "--quiet", "--edges", "normal,build"])
            .args(["--prefix", "none", "--format", "{p}"]);
        let count = distinct(&output(&mut tree)?).saturating_sub(1);
        let count = u32::try_from(count).context("too many crates to count")?;
        Ok(self.measure("crates", Unit::Crates, f64::from(count)))
    }

    /// Builds the program from scratch. Returns the processor seconds.
    fn build(&self, folder: &Path) -> Result<f64> {
        let target = folder.join("target");
        if target.exists() {
            fs::remove_dir_all(&target)
                .with_context(|| format!("cannot remove {}", target.display()))?;
        }
        // Downloads don't count as part of the build.
        process::run(plain_cargo(folder).args(["fetch", "--quiet"]))?;
        eprintln!("building the program of {} from scratch", self.0);
        let before = children_seconds()?;
        process::run(plain_cargo(folder).args([
            "build",
            "--quiet",
            "--release",
            "--target-dir",
            "target",
        ]))?;
        Ok(children_seconds()? - before)
    }
}

/// Counts the packages that a listing names.
fn distinct(listing: &str) -> usize {
    let packages = listing.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.next()?))
    });
    packages.collect::<BTreeSet<_>>().len()
}

/// Returns cargo as a user runs it, without the settings of this build.
fn plain_cargo(folder: &Path) -> Command {
    let mut cargo = cargo();
    cargo.current_dir(folder);
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let of_builds = ["CARGO_PROFILE_", "CARGO_BUILD_", "CARGO_ENCODED_"];
        if of_builds.iter().any(|prefix| name.starts_with(prefix))
            || [
                "CARGO_INCREMENTAL",
                "CARGO_TARGET_DIR",
                "RUSTC_WRAPPER",
                "RUSTFLAGS",
            ]
            .contains(&&*name)
        {
            cargo.env_remove(&*name);
        }
    }
    cargo
}

/// Returns the processor seconds of all child processes that have ended, and of
/// their children.
fn children_seconds() -> Result<f64> {
    /// The unit in which the kernel reports times to programs.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat =
        fs::read_to_string("/proc/self/stat").context("only Linux reports processor times")?;
    let ticks = children_ticks(&stat).context("cannot read /proc/self/stat")?;
    Ok(ticks / TICKS_PER_SECOND)
}

/// Reads fields 16 and 17 of `/proc/self/stat`. The fields are counted from the name in
/// brackets, because the name may contain spaces and brackets.
fn children_ticks(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13);
    let mut next = || fields.next()?.parse::<f64>().ok();
    Some(next()? + next()?)
}

/// Returns the size of the built program.
fn size(folder: &Path) -> Result<f64> {
    let path = folder
        .join("target/release")
        .join(format!("hello{}", env::consts::EXE_SUFFIX));
    let size = fs::metadata(&path)
        .with_context(|| format!("cannot read {}", path.display()))?
        .len();
    Ok(u32::try_from(size)
        .context("the program is larger than 4 GB")?
        .into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_counts_once_and_a_second_version_again() {
        let listing = "hello v0.0.0 (/somewhere)\nsyn v2.0.1\nsyn v3.0.1\n\nserde_derive v1.0.0 (proc-macro)\nserde_derive v1.0.0 (proc-macro) (*)\nsyn v2.0.1 (*)\n";
        assert_eq!(distinct(listing), 4);
    }

    #[test]
    fn the_time_of_children_is_found_behind_any_name() {
        let stat = "7 (a) b) S 1 2 3 4 5 6 7 8 9 10 11 12 250 50 20 0";
        assert_eq!(children_ticks(stat), Some(300.0));
    }
}
