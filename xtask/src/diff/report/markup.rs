//! Escapes text from a document for Markdown.

/// Escapes text so that it neither ends a cell of a table nor is read as markup. Text between
/// backticks remains code.
pub fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        // Several backticks in a row would be another delimiter, so only one is kept.
        let after = after.trim_start_matches('`');
        let Some((code, after)) = after.split_once('`') else {
            break;
        };
        escape(before, &mut safe);
        safe.push('`');
        for character in code.chars() {
            match character {
                '|' => safe.push_str("\\|"),
                '\n' | '\r' => safe.push(' '),
                other => safe.push(other),
            }
        }
        safe.push('`');
        rest = after.trim_start_matches('`');
    }
    escape(rest, &mut safe);
    safe
}

fn escape(text: &str, safe: &mut String) {
    for character in text.chars() {
        match character {
            '|' | '\\' | '[' | ']' | '*' | '_' | '~' | '#' => {
                safe.push('\\');
                safe.push(character);
            }
            '`' => safe.push_str("&#96;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '@' => safe.push_str("&#64;"),
            '\n' | '\r' => safe.push(' '),
            other => safe.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_not_markup() {
        assert_eq!(
            cell("a|b\n<img> @team [x](y)"),
            "a\\|b &lt;img&gt; &#64;team \\[x\\](y)"
        );
    }

    #[test]
    fn code_stays_code() {
        assert_eq!(cell("is `^[a-z]<|>*$` now"), "is `^[a-z]<\\|>*$` now");
        assert_eq!(cell("`a` and ``b``"), "`a` and `b`");
    }

    #[test]
    fn a_lone_backtick_opens_nothing() {
        assert_eq!(cell("a ` <b>"), "a &#96; &lt;b&gt;");
    }

    proptest! {
        #[test]
        fn outside_of_code_nothing_is_live(text in "[a`<>|@\n]{0,24}") {
            let safe = cell(&text);
            prop_assert!(!safe.contains("``") || text.contains("``"), "{}", safe);
            prop_assert!(!safe.contains('\n'));
            // Code has an end, so every second part is outside of it.
            let parts: Vec<&str> = safe.split('`').collect();
            prop_assert_eq!(parts.len() % 2, 1, "{}", safe);
            for outside in parts.iter().step_by(2) {
                prop_assert!(!outside.contains(['<', '>', '@']), "{}", safe);
            }
            for bar in safe.match_indices('|') {
                prop_assert!(safe[..bar.0].ends_with('\\'), "{}", safe);
            }
        }
    }
}
