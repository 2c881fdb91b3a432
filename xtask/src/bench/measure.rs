//! Figures, with their units and targets.

use std::fmt;

/// One figure of a run.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Measure {
    /// The name of the figure, such as `create/gorgias`.
    pub name: String,
    /// The unit of the value.
    pub unit: Unit,
    /// The value, in the unit.
    pub value: f64,
    /// Whether the value depends only on code and compiler, so that it is compared with the
    /// checked-in table.
    pub gated: bool,
    /// The target of the value, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
}

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Instructions, counted by callgrind.
    Instructions,
    /// Calls of the allocator, reallocations included.
    Allocations,
    /// Bytes.
    Bytes,
    /// Crates that cargo compiles.
    Crates,
    /// One figure divided by another.
    Ratio,
    /// Seconds.
    Seconds,
    /// Repetitions per second.
    PerSecond,
    /// Megabytes, of a million bytes each, per second.
    MegabytesPerSecond,
}

/// The target of a figure.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// This value or less.
    AtMost(f64),
    /// This value or more.
    AtLeast(f64),
}

impl Measure {
    /// Creates a figure without a target, which isn't compared with the checked-in table.
    pub fn new(name: impl Into<String>, unit: Unit, value: f64) -> Self {
        Self {
            name: name.into(),
            unit,
            value,
            gated: false,
            target: None,
        }
    }

    /// Marks the figure to be compared with the checked-in table.
    #[must_use]
    pub fn gated(mut self) -> Self {
        self.gated = true;
        self
    }

    /// Sets an upper target.
    #[must_use]
    pub fn at_most(mut self, most: f64) -> Self {
        self.target = Some(Target::AtMost(most));
        self
    }

    /// Sets a lower target.
    #[must_use]
    pub fn at_least(mut self, least: f64) -> Self {
        self.target = Some(Target::AtLeast(least));
        self
    }

    /// Whether the target is met, or there is none.
    pub fn is_met(&self) -> bool {
        self.is_met_within(0.0)
    }

    /// Whether the target is met, or missed by at most this fraction of it.
    pub fn is_met_within(&self, slack: f64) -> bool {
        match self.target {
            Some(Target::AtMost(most)) => self.value <= most * (1.0 + slack),
            Some(Target::AtLeast(least)) => self.value >= least * (1.0 - slack),
            None => true,
        }
    }
}

impl Unit {
    /// Returns a value with its unit, such as `1,234 instructions`.
    pub fn show(self, value: f64) -> String {
        let whole = || grouped(value);
        match self {
            Self::Instructions => format!("{} instructions", whole()),
            Self::Allocations => format!("{} allocations", whole()),
            Self::Bytes if value >= 1024.0 * 1024.0 => {
                format!("{:.1} MiB", value / (1024.0 * 1024.0))
            }
            Self::Bytes => format!("{} bytes", whole()),
            Self::Crates => format!("{} crates", whole()),
            Self::Ratio => format!("{value:.2}x"),
            Self::Seconds => format!("{value:.1} s"),
            Self::PerSecond => format!("{} per second", whole()),
            Self::MegabytesPerSecond => format!("{} MB/s", whole()),
        }
    }
}

impl Target {
    /// Returns the target in words, with its unit.
    pub fn show(self, unit: Unit) -> String {
        match self {
            Self::AtMost(most) => format!("at most {}", unit.show(most)),
            Self::AtLeast(least) => format!("at least {}", unit.show(least)),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.unit.show(self.value))?;
        match self.target {
            Some(target) => write!(f, " ({})", target.show(self.unit)),
            None => Ok(()),
        }
    }
}

/// Returns the median, which a single slow run doesn't affect.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Rounds a number, and formats it with commas between thousands.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), 2.0);
    }

    #[test]
    fn thousands_are_grouped() {
        let shown = [0.0, 999.0, 1000.0, 123_456.7, 1_234_567.0].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "123,457", "1,234,567"]);
    }

    #[test]
    fn a_figure_says_its_target() {
        let measure = Measure::new("create/of reqwest", Unit::Ratio, 1.084).at_most(1.1);
        assert_eq!(
            measure.to_string(),
            "create/of reqwest 1.08x (at most 1.10x)"
        );
    }

    #[test]
    fn targets_bound_from_their_side() {
        let rate = |value| Measure::new("rate", Unit::PerSecond, value).at_least(10.0);
        assert!(rate(10.0).is_met() && !rate(9.9).is_met());
        let cost = |value| Measure::new("cost", Unit::Bytes, value).at_most(10.0);
        assert!(cost(10.0).is_met() && !cost(10.1).is_met());
        assert!(cost(10.1).is_met_within(0.02) && !cost(10.3).is_met_within(0.02));
        assert!(Measure::new("free", Unit::Seconds, f64::MAX).is_met());
    }
}
