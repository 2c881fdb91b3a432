//! Splits JSON text into tokens, without recursion.
//!
//! It is used only for bodies that a JSON parser refused: they may nest to any
//! depth, or break off anywhere.

/// One token. Its text is borrowed from the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{` or `[`.
    Open(u8),
    /// `}` or `]`.
    Close(u8),
    /// `:` or `,`.
    Separator(u8),
    /// The text between two quotes, with its escapes.
    Text(&'a [u8]),
    /// A number or a literal.
    Bare(&'a [u8]),
}

/// Reads tokens until the text ends or isn't JSON any more.
pub(super) struct Lexer<'a> {
    rest: &'a [u8],
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { rest: text }
    }

    fn text(&mut self) -> Option<Token<'a>> {
        let mut escaped = false;
        let end = self.rest.iter().position(|byte| {
            let closes = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            closes
        })?;
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.split_first()?.1;
        Some(Token::Text(text))
    }

    fn bare(&mut self) -> Option<Token<'a>> {
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let length = self.rest.iter().take_while(|byte| part(byte)).count();
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        (!text.is_empty()).then_some(Token::Bare(text))
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.rest = self.rest.trim_ascii_start();
        let (first, rest) = self.rest.split_first()?;
        let token = match first {
            b'{' | b'[' => Token::Open(*first),
            b'}' | b']' => Token::Close(*first),
            b':' | b',' => Token::Separator(*first),
            b'"' => {
                self.rest = rest;
                return self.text();
            }
            _ => return self.bare(),
        };
        self.rest = rest;
        Some(token)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tokens_are_told_apart() {
        let tokens: Vec<_> = Lexer::new(br#" {"a\"b": [1.5e3, true]} "#).collect();
        assert_eq!(
            tokens,
            [
                Token::Open(b'{'),
                Token::Text(br#"a\"b"#),
                Token::Separator(b':'),
                Token::Open(b'['),
                Token::Bare(b"1.5e3"),
                Token::Separator(b','),
                Token::Bare(b"true"),
                Token::Close(b']'),
                Token::Close(b'}'),
            ]
        );
    }

    #[test]
    fn a_broken_end_ends_the_tokens() {
        assert_eq!(Lexer::new(b"\"open").count(), 0);
        assert_eq!(Lexer::new(b"\"open\\\"").count(), 0);
        assert_eq!(Lexer::new(b"[1, <").count(), 3);
        assert_eq!(Lexer::new(b"").count(), 0);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_an_end(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Lexer::new(&text).count() <= text.len());
        }
    }
}
