//! Explains one rule, for `cargo xtask diff --explain`.

use std::fmt::Write as _;

use anyhow::Context as _;

use super::compatibility::{Direction, Effect, Exception};
use super::rules::{self, Basis, Rule};

/// Explains the rule of an id.
///
/// # Errors
///
/// If there is no rule of this id.
pub fn explain(id: &str) -> anyhow::Result<String> {
    let (rule, direction) = rules::find(id).with_context(|| unknown(id))?;
    let mut text = format!("{id}: {}\n\n{}\n\n", rule.title, rule.why);
    let directions = match (rule.basis, direction) {
        (Basis::Message { .. }, None) => Direction::BOTH.to_vec(),
        (_, direction) => vec![direction.unwrap_or(Direction::Request)],
    };
    for direction in directions {
        let _ = writeln!(text, "{}", verdict(rule, direction));
    }
    Ok(text)
}

fn verdict(rule: &Rule, direction: Direction) -> String {
    let class = rule.judge(direction).word();
    let Some(effect) = rule.effect(direction).map(Effect::word) else {
        return format!("{class}: messages stay the same");
    };
    match rule.basis {
        Basis::Message { exception, .. } => {
            let exception = match exception {
                Exception::None => "",
                Exception::Negotiated => {
                    " (callers choose among variants, so the change is judged like one of a request)"
                }
                Exception::ErrorStatus => " (the service promises no error status)",
            };
            format!("{effect} in a {}: {class}{exception}", direction.word())
        }
        Basis::Interface(_) | Basis::Documentation => format!("{effect}: {class}"),
    }
}

/// Returns the error for an unknown id, with similar ids.
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
        "docs/spec-diff-rules.md lists all rules".to_owned()
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
