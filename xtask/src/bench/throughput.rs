//! Measures rates. Times differ from run to run. So two rates are compared by measuring them
//! alternately, and a single rate is the best of several runs.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Measure, Unit, measure::median, programs::Programs};
use crate::{server::Server, tools::Tools, workspace::DOCUMENT};

/// The number of runs from which the best rate is taken.
const TRIES: usize = 5;

/// The number of times that two rates are measured to compare them.
const PAIRS: usize = 30;

/// Measures the speed of decoding a list of tickets, of our client beside reqwest, and of the
/// emulator beside Prism.
pub fn run(root: &Path) -> Result<Vec<Measure>> {
    let programs = Programs::build(root, "release", &["--package", "bench-programs"])?;
    let emulator = Programs::build(
        root,
        "release",
        &["--package", "gorgias-emulator", "--example", "throughput"],
    )?;
    let page = best(|| last_number(&programs.output("decode", &["lenient", "page", "500"])?))?;
    let in_process = best(|| last_number(&emulator.output("examples/throughput", &[])?))?;

    let answer = programs.serve("answer", &[])?;
    let create = |way: &'static str, count: &'static str, url: String| {
        let programs = &programs;
        move || last_number(&programs.output("create", &[way, count, &url])?)
    };
    let client = in_turns(
        create("gorgias", "1000", answer.base_url.clone()),
        create("reqwest", "1000", answer.base_url.clone()),
    )?;

    let server = emulator.serve("examples/throughput", &["serve"])?;
    let prism = prism(root)?;
    let servers = in_turns(
        create("transfer", "200", server.base_url.clone()),
        create("transfer", "200", prism.base_url.clone()),
    )?;
    Ok(vec![
        Measure::new("decode page/lenient", Unit::MegabytesPerSecond, page).at_least(100.0),
        Measure::new("emulator/in process", Unit::PerSecond, in_process).at_least(20_000.0),
        Measure::new("emulator/over loopback", Unit::PerSecond, servers.first),
        Measure::new(
            "Prism's mock/over loopback",
            Unit::PerSecond,
            servers.second,
        ),
        Measure::new(
            "emulator by Prism/creates per second",
            Unit::Ratio,
            servers.ratio,
        ),
        Measure::new(
            "create/time of gorgias by reqwest",
            Unit::Ratio,
            1.0 / client.ratio,
        ),
    ])
}

fn best(mut rate: impl FnMut() -> Result<f64>) -> Result<f64> {
    let mut best = f64::MIN;
    for _ in 0..TRIES {
        best = best.max(rate()?);
    }
    Ok(best)
}

/// Two rates, and the ratio of the first to the second. Each is a median.
struct Compared {
    first: f64,
    second: f64,
    ratio: f64,
}

/// Measures two rates alternately. The order changes with each pair, so that other work of the
/// machine affects both rates alike.
fn in_turns(first: impl Fn() -> Result<f64>, second: impl Fn() -> Result<f64>) -> Result<Compared> {
    let (mut firsts, mut seconds, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    // The first run of each doesn't count, because caches are still cold.
    first()?;
    second()?;
    for pair in 0..PAIRS {
        let (one, other) = if pair % 2 == 0 {
            let one = first()?;
            (one, second()?)
        } else {
            let other = second()?;
            (first()?, other)
        };
        firsts.push(one);
        seconds.push(other);
        ratios.push(one / other);
    }
    Ok(Compared {
        first: median(firsts),
        second: median(seconds),
        ratio: median(ratios),
    })
}

/// Returns the rate that a program prints: the last number in its last line.
fn last_number(printed: &str) -> Result<f64> {
    let line = printed.lines().last().unwrap_or_default();
    let number = line.split(' ').rev().find_map(|word| word.parse().ok());
    number.context("the program did not print its rate")
}

/// Starts Prism as a mock of our document.
fn prism(root: &Path) -> Result<Server> {
    Server::at_free_port(|address| {
        let mut command = Tools::of(root).node("prism")?;
        command
            .args(["mock", "--verboseLevel", "error", "--host", "127.0.0.1"])
            .args(["--port", &address.port().to_string()])
            .arg(root.join(DOCUMENT));
        Ok(command)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_number_is_the_rate() {
        let printed = "built in 3ms\n50000 tickets in 1.2s: 41000 a second\n";
        assert_eq!(last_number(printed).unwrap(), 41_000.0);
        assert_eq!(last_number("12 900\n147.9\n").unwrap(), 147.9);
        assert!(last_number("nothing\n").is_err());
    }
}
