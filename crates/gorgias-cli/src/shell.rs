//! Quoting for a POSIX shell.

/// A text as one word of a POSIX shell.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_ends_and_resumes_the_word() {
        assert_eq!(
            quoted("a'b; $(rm) `x` \"y\" \\"),
            r#"'a'\''b; $(rm) `x` "y" \'"#
        );
        assert_eq!(quoted(""), "''");
    }
}
