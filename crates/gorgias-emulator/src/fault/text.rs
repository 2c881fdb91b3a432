//! Rules as text, for the command line and the admin interface.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use ::http::HeaderValue;

use super::rule::FaultRule;
use super::settings::{Fault, UnknownFault};
use super::time::{read_applied, read_time, write_applied, write_time};
use crate::document::Document;
use crate::strictness::Strictness;

/// The error for a text that isn't a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFaultRuleError {
    message: String,
    source: Option<UnknownFault>,
}

const KEYS: &str = "applied, latency, response-latency, visibility-lag, hold, retry-after, twice, \
                    operation, external-id, nth, after, for, every, times and probability";

const TIME: &str = "a time as in 200ms, 5s or 2m";

impl fmt::Display for ParseFaultRuleError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for ParseFaultRuleError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.source.as_ref();
        source.map(|unknown| unknown as _)
    }
}

impl From<UnknownFault> for ParseFaultRuleError {
    fn from(unknown: UnknownFault) -> Self {
        Self {
            message: "not a rule".to_owned(),
            source: Some(unknown),
        }
    }
}

fn wrong(key: &str, expected: &str) -> ParseFaultRuleError {
    ParseFaultRuleError {
        message: format!("{key} must be {expected}"),
        source: None,
    }
}

fn no_such_key(key: &str) -> ParseFaultRuleError {
    ParseFaultRuleError {
        message: format!("a rule has no {key:?}, but {KEYS}"),
        source: None,
    }
}

/// Reads the id or the name of a fault, or `none`, and then any of these settings,
/// separated by commas:
///
/// - `applied=never`, `applied=at-once`, `applied=5s`, `applied=when-over`:
///   whether and when the request is applied
/// - `latency`, `response-latency`, `visibility-lag`, `hold`: times, such as
///   `200ms`, `5s` or `2m`
/// - `retry-after=5`: the value of the header `Retry-After`
/// - `twice`: the request is delivered twice
/// - `operation=create_ticket`, `external-id=shop-1`, `nth=3`, `times=2`,
///   `times=always`, `probability=0.1`: to which requests the fault happens
/// - `after=30s`, `for=2m`, `every=10m`: when the rule starts, how long it lasts, and the
///   period after which it starts again
impl FromStr for FaultRule {
    type Err = ParseFaultRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split(',').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let fault = match name {
            "none" => Fault::none(),
            name => Fault::named(name)?,
        };
        let mut rule = Self::new(fault);
        let mut times = None;
        for part in parts {
            match part.split_once('=') {
                // Other settings reset the number of times, so it is set last.
                Some(("times", value)) => times = Some(read_times(value)?),
                Some((key, value)) => rule = rule.set(key, value)?,
                None if part == "twice" => rule.fault = rule.fault.delivered_twice(),
                None => return Err(no_such_key(part)),
            }
        }
        if let Some(times) = times {
            rule.times = times;
        }
        let window = rule.window;
        if window.every.is_some() && window.every <= window.lasting.or(window.every) {
            return Err(wrong("every", "longer than for, which it needs"));
        }
        Ok(rule)
    }
}

impl FaultRule {
    fn set(mut self, key: &str, value: &str) -> Result<Self, ParseFaultRuleError> {
        let wrong = |expected: &str| wrong(key, expected);
        let time = || read_time(value).ok_or(wrong(TIME));
        let fault = self.fault.clone();
        match key {
            "applied" => {
                let expected = format!("never, at-once, when-over or {TIME}");
                let applied = read_applied(value).ok_or(wrong(&expected))?;
                self.fault = fault.applied(applied);
            }
            "latency" => self.fault = fault.latency(time()?),
            "response-latency" => self.fault = fault.response_latency(time()?),
            "visibility-lag" => self.fault = fault.visibility_lag(time()?),
            "hold" => self.fault = fault.hold(time()?),
            "retry-after" => {
                let value = HeaderValue::from_str(value).map_err(|_| wrong("a header's value"))?;
                self.fault = fault.retry_after(value);
            }
            "operation" => {
                // A rule for an unknown operation would never apply, and a test
                // of its effect would pass for the wrong reason.
                let of_lists = fault.info.is_some_and(|info| info.is_of_lists());
                let known = operations(of_lists);
                if !known.iter().any(|id| id == value) {
                    let mut expected = format!("one of {}", known.join(", "));
                    if of_lists {
                        expected.push_str(", for a fault of lists");
                    }
                    return Err(wrong(&expected));
                }
                self.operation = Some(value.to_owned());
            }
            "external-id" => self.external_id = Some(value.to_owned()),
            "after" => self = self.after(time()?),
            "for" => self = self.lasting(time()?),
            "every" => self = self.every(time()?),
            "nth" => match value.parse() {
                Ok(nth @ 1..) => self.nth = nth,
                _ => return Err(wrong("a number from 1")),
            },
            "probability" => match value.parse::<f64>() {
                Ok(probability) if (0.0..=1.0).contains(&probability) => {
                    self = self.probability(probability);
                }
                _ => return Err(wrong("a number from 0 to 1")),
            },
            other => return Err(no_such_key(other)),
        }
        Ok(self)
    }
}

/// Returns the ids of the document's operations, or only of its lists.
fn operations(only_lists: bool) -> Vec<String> {
    let Ok(document) = Document::embedded(Strictness::default()) else {
        return Vec::new();
    };
    let operations = document.operations().into_iter();
    operations
        .filter(|operation| operation.is_list || !only_lists)
        .map(|operation| operation.id.clone())
        .collect()
}

fn read_times(value: &str) -> Result<Option<u64>, ParseFaultRuleError> {
    match value {
        "always" => Ok(None),
        number => number
            .parse()
            .map(Some)
            .map_err(|_| wrong("times", "a number or always")),
    }
}

/// Writes the text that [`FromStr`] reads. Times are cut to milliseconds.
impl fmt::Display for FaultRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (fault, window) = (&self.fault, self.window);
        let some = |time: Duration| (time > Duration::ZERO).then(|| write_time(time));
        let retry_after = fault.retry_after.as_ref();
        let retry_after = retry_after.map(|value| value.to_str().unwrap_or_default().to_owned());
        let times = match self.times {
            Some(1) => None,
            Some(times) => Some(times.to_string()),
            None => Some("always".to_owned()),
        };
        out.write_str(fault.info.map_or("none", |info| info.id))?;
        for (key, value) in [
            ("applied", fault.applied.map(write_applied)),
            ("latency", some(fault.latency)),
            ("response-latency", some(fault.response_latency)),
            ("visibility-lag", some(fault.visibility_lag)),
            ("hold", fault.hold.map(write_time)),
            ("retry-after", retry_after),
            ("twice", fault.twice.then(String::new)),
            ("operation", self.operation.clone()),
            ("external-id", self.external_id.clone()),
            ("nth", (self.nth > 1).then(|| self.nth.to_string())),
            ("after", some(window.after)),
            ("for", window.lasting.map(write_time)),
            ("every", window.every.map(write_time)),
            ("probability", self.probability.map(|one| one.to_string())),
            ("times", times),
        ] {
            match value {
                None => {}
                Some(_) if key == "twice" => write!(out, ",{key}")?,
                Some(value) => write!(out, ",{key}={value}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_come_back_as_they_were_written() {
        for text in [
            "F7",
            "none,latency=200ms,visibility-lag=20s",
            "H6-502,applied=at-once,operation=create_ticket",
            "F12,applied=5s,hold=90s,external-id=shop-1,nth=3,times=2",
            "H1,retry-after=7,probability=0.25,times=always",
            "F7,twice,probability=1,times=4",
            "L4-other,operation=list_tickets,times=always",
            "H6-502,applied=when-over,after=1s,for=90s,every=600s,times=always",
        ] {
            let rule: FaultRule = text.parse().unwrap();
            assert_eq!(rule.to_string(), text);
        }
        let rule: FaultRule = "read-then-close, applied=2m".parse().unwrap();
        assert_eq!(rule.to_string(), "F7,applied=120s");
        assert_eq!(
            "H5".parse::<FaultRule>().unwrap().to_string(),
            "H5,times=always"
        );
    }

    #[test]
    fn a_mistake_is_named() {
        for (text, message) in [
            ("F99", "not a rule"),
            ("F7,nth=0", "nth must be a number from 1"),
            (
                "F7,probability=2",
                "probability must be a number from 0 to 1",
            ),
            ("F7,hold=5", "hold must be a time as in 200ms, 5s or 2m"),
            (
                "F7,applied=later",
                "applied must be never, at-once, when-over or a time as in 200ms, 5s or 2m",
            ),
            (
                "H6,every=5s",
                "every must be longer than for, which it needs",
            ),
            (
                "H6,for=5s,every=5s",
                "every must be longer than for, which it needs",
            ),
            ("F7,times=x", "times must be a number or always"),
        ] {
            let error = text.parse::<FaultRule>().unwrap_err();
            assert_eq!(error.to_string(), message, "{text}");
        }
        for (text, ending) in [
            ("F7,operation=create", ""),
            ("data-null,operation=get_ticket", ", for a fault of lists"),
        ] {
            let error = text.parse::<FaultRule>().unwrap_err().to_string();
            let start = "operation must be one of ";
            assert!(
                error.starts_with(start) && error.ends_with(ending),
                "{error}"
            );
            assert!(error.contains("list_tickets"), "{error}");
        }
        for text in ["F7,sometimes", "F7,when=now"] {
            let error = text.parse::<FaultRule>().unwrap_err().to_string();
            assert!(error.starts_with("a rule has no \""), "{error}");
            assert!(error.ends_with("every, times and probability"), "{error}");
        }
    }
}
