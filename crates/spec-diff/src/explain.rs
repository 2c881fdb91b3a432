//! Explains a rule, for `cargo xtask diff --explain`.

use std::fmt::Write as _;

use anyhow::Context as _;

use super::law::{Direction, Effect, Guard};
use super::rules::{self, Basis, Rule};

/// Explains the rule of an id.
///
/// # Errors
///
/// If there is no rule of this id.
pub fn explain(id: &str) -> anyhow::Result<String> {
    let (rule, way) = rules::find(id).with_context(|| unknown(id))?;
    let mut text = format!("{id}: {}\n\n{}\n\n", rule.title, rule.why);
    let ways = match (rule.basis, way) {
        (Basis::Message { .. }, None) => Direction::BOTH.to_vec(),
        (_, way) => vec![way.unwrap_or(Direction::Request)],
    };
    for way in ways {
        let _ = writeln!(text, "{}", verdict(rule, way));
    }
    Ok(text)
}

fn verdict(rule: &Rule, way: Direction) -> String {
    let class = rule.judge(way).word();
    let Some(effect) = rule.effect(way) else {
        return format!("{class}: no message is any different");
    };
    match rule.basis {
        Basis::Message { guard, .. } => {
            let guard = match guard {
                Guard::None => "",
                Guard::Negotiated => ", which callers choose among, so it is judged as a request",
                Guard::ErrorStatus => ", which is promised by nobody",
            };
            format!("{} in a {}: {class}{guard}", word(effect), way.word())
        }
        Basis::Interface(_) | Basis::Documentation => format!("{}: {class}", word(effect)),
    }
}

/// Returns the word for an effect.
pub fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::None => "none",
        Effect::Narrows => "narrows",
        Effect::Widens => "widens",
        Effect::Incomparable => "incomparable",
        Effect::Unknown => "unknown",
    }
}

fn unknown(id: &str) -> String {
    let all = rules::areas();
    let ids = all
        .iter()
        .flat_map(|(_, rules)| rules)
        .flat_map(|rule| rule.ids());
    let mut near: Vec<String> = ids
        .filter(|known| id.split('-').filter(|word| known.contains(word)).count() > 1)
        .collect();
    near.truncate(5);
    let hint = if near.is_empty() {
        "docs/spec-diff-rules.md lists them".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    format!("there is no rule `{id}`; {hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_explained_in_its_direction() {
        let text = explain("request-max-length-decreased").unwrap();
        assert!(text.contains("narrows in a request: breaking"), "{text}");
        assert!(!text.contains("response"), "{text}");
    }

    #[test]
    fn a_rule_is_explained_in_both_directions() {
        let text = explain("max-length-decreased").unwrap();
        assert!(text.contains("narrows in a response: compatible"), "{text}");
    }

    #[test]
    fn every_id_is_explained() {
        for (_, rules) in rules::areas() {
            for id in rules.iter().flat_map(|rule| rule.ids()) {
                assert!(explain(&id).unwrap().starts_with(&id));
            }
        }
    }

    #[test]
    fn an_unknown_id_brings_near_ones() {
        let error = explain("request-max-length-grew").unwrap_err().to_string();
        assert!(error.contains("request-max-length-"), "{error}");
    }
}
