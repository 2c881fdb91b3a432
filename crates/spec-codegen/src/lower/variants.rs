//! Gives distinct names to values of an enum that would make the same variant.
//!
//! The generator makes the name of a variant from the letters and digits of a value. It fails
//! if two values make the same name, such as `Etc/GMT+0` and `Etc/GMT-0`. The first value keeps
//! its name, so that a value that is added later changes no name. In the other values, a word
//! replaces a sign. Characters that no value contains mark the word, so that
//! `polish::open_enums` can restore the sign.

use std::{borrow::Cow, collections::BTreeSet};

use serde_json::Value;

use crate::names::pascal;

/// The characters around a word: private use characters, which no value contains.
const OPEN: char = '\u{e001}';
const CLOSE: char = '\u{e002}';

/// The beginning of the word that is added to a value if its signs don't distinguish it.
const NUMBERED: &str = "Variant";

/// The words for signs.
const WORDS: [(char, &str); 30] = [
    ('+', "Plus"),
    ('-', "Minus"),
    ('/', "Slash"),
    ('\\', "Backslash"),
    ('.', "Dot"),
    (',', "Comma"),
    (':', "Colon"),
    (';', "Semicolon"),
    ('_', "Underscore"),
    (' ', "Space"),
    ('*', "Star"),
    ('%', "Percent"),
    ('&', "And"),
    ('#', "Hash"),
    ('@', "At"),
    ('!', "Not"),
    ('?', "Question"),
    ('=', "Equal"),
    ('<', "Less"),
    ('>', "Greater"),
    ('(', "Open"),
    (')', "Close"),
    ('[', "OpenBracket"),
    (']', "CloseBracket"),
    ('|', "Or"),
    ('~', "Tilde"),
    ('^', "Caret"),
    ('$', "Dollar"),
    ('\'', "Quote"),
    ('"', "DoubleQuote"),
];

pub(super) fn run(document: &mut Value) -> usize {
    super::each(document, |_, schema| {
        let Some(Value::Array(values)) = schema.get_mut("enum") else {
            return false;
        };
        let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        if texts.len() < values.len() {
            return false;
        }
        let distinct = distinct(&texts);
        let changed = distinct != texts;
        if changed {
            *values = distinct.into_iter().map(Value::from).collect();
        }
        changed
    })
}

/// Returns the values, spelled so that each makes a distinct name. Repeated values are left
/// out.
fn distinct<'a>(values: &[&'a str]) -> Vec<Cow<'a, str>> {
    let mut seen = BTreeSet::new();
    let values: Vec<&str> = values
        .iter()
        .copied()
        .filter(|value| seen.insert(*value))
        .collect();
    // The first value that makes a name keeps it.
    let mut taken: BTreeSet<String> = values.iter().map(|value| pascal(value)).collect();
    let mut kept = BTreeSet::new();
    values
        .into_iter()
        .map(|value| match kept.insert(pascal(value)) {
            true => Cow::Borrowed(value),
            false => Cow::Owned(spelled(value, &mut taken)),
        })
        .collect()
}

/// Returns a value in which words replace one or several signs, or a number is added.
fn spelled(value: &str, taken: &mut BTreeSet<String>) -> String {
    let places: Vec<usize> = value
        .char_indices()
        .filter(|(_, c)| word(*c).is_some())
        .map(|(at, _)| at)
        .collect();
    // The last sign is replaced first, because it makes the difference in most cases. In a
    // value without letters and digits, all signs are replaced.
    let is_named = value.contains(char::is_alphanumeric);
    let whole = (!is_named).then_some(0);
    let from = whole.into_iter().chain((0..places.len()).rev());
    let signs = from.map(|from| {
        let spell = |(at, c): (usize, char)| match word(c).filter(|_| places[from..].contains(&at))
        {
            Some(word) => format!("{OPEN}{word}{CLOSE}"),
            None => c.to_string(),
        };
        value.char_indices().map(spell).collect::<String>()
    });
    let numbered = (2..).map(|number| format!("{value}{OPEN}{NUMBERED}{number}{CLOSE}"));
    signs
        .chain(numbered)
        .find(|spelled| taken.insert(pascal(spelled)))
        .unwrap_or_default()
}

fn word(sign: char) -> Option<&'static str> {
    let (_, word) = WORDS.iter().find(|(other, _)| *other == sign)?;
    Some(word)
}

/// Returns the value as the document spells it, with signs in place of the marked words.
pub(crate) fn original(value: &str) -> String {
    let mut pieces = value.split(OPEN);
    let mut original = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let sign = piece.split_once(CLOSE).and_then(|(word, rest)| {
            let sign = WORDS.iter().find(|(_, other)| *other == word);
            match sign {
                Some((sign, _)) => Some((Some(*sign), rest)),
                None => word.starts_with(NUMBERED).then_some((None, rest)),
            }
        });
        match sign {
            Some((sign, rest)) => {
                original.extend(sign);
                original.push_str(rest);
            }
            None => {
                original.push(OPEN);
                original.push_str(piece);
            }
        }
    }
    original
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(values: &[&str]) -> Vec<String> {
        let distinct = distinct(values);
        for (value, spelled) in values.iter().zip(&distinct) {
            assert_eq!(original(spelled), *value);
        }
        distinct.iter().map(|value| pascal(value)).collect()
    }

    #[test]
    fn values_that_make_different_names_stay_as_they_are() {
        let values = ["open", "closed", "name:asc", "+1", "-1"];
        assert_eq!(distinct(&values), values);
    }

    #[test]
    fn the_first_keeps_its_name_and_others_spell_what_differs() {
        assert_eq!(
            names(&["Etc/GMT+0", "Etc/GMT-0", "Etc/GMT0"]),
            ["EtcGmt0", "EtcGmtMinus0", "EtcSlashGmt0"]
        );
        assert_eq!(
            names(&["internal-note", "internal_note", "internalNote"]),
            [
                "InternalNote",
                "InternalUnderscoreNote",
                "InternalNoteVariant2"
            ]
        );
        assert_eq!(
            names(&["a", "A", "á", "a "]),
            ["A", "AVariant2", "Á", "ASpace"]
        );
        assert_eq!(names(&[">", ">=", "<"]), ["X", "GreaterEqual", "Less"]);
    }

    #[test]
    fn a_value_that_is_added_changes_no_name() {
        let before = names(&["a-b", "a_b"]);
        let after = names(&["a-b", "a_b", "a.b", "aB"]);
        assert_eq!(after[..2], before);
    }

    #[test]
    fn a_value_that_is_listed_again_is_left_out() {
        assert_eq!(distinct(&["a", "b", "a"]), ["a", "b"]);
    }
}
