//! Finds the paths in source code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Macros whose input is code that is generated for another crate.
const QUOTES: [&str; 4] = [
    "quote",
    "quote_spanned",
    "parse_quote",
    "parse_quote_spanned",
];

/// Returns every path that starts with `crate`, `super` or `self`, in macros
/// and attributes too.
pub fn paths(tokens: TokenStream) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    collect(&tokens.into_iter().collect::<Vec<_>>(), &mut paths);
    paths
}

fn collect(tokens: &[TokenTree], paths: &mut Vec<Vec<String>>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(name)
                if is_start(&name.to_string()) && is_separator(tokens, at + 1) =>
            {
                tree(&tokens[at..], Vec::new(), paths);
            }
            TokenTree::Ident(name) if is_quote(&name.to_string(), tokens.get(at + 1)) => at += 2,
            TokenTree::Group(group) => {
                collect(&group.stream().into_iter().collect::<Vec<_>>(), paths);
            }
            // Attributes such as serde's have paths in strings.
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let text = text.trim_matches('"');
                if ["crate::", "super::"]
                    .iter()
                    .any(|start| text.starts_with(start))
                {
                    paths.push(text.split("::").map(str::to_owned).collect());
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Collects the paths of a tree, as in `use`.
fn tree(tokens: &[TokenTree], mut path: Vec<String>, paths: &mut Vec<Vec<String>>) {
    let mut at = 0;
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(name)) => path.push(name.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<_> = group.stream().into_iter().collect();
                let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
                for part in inner.split(is_comma).filter(|part| !part.is_empty()) {
                    tree(part, path.clone(), paths);
                }
                return;
            }
            _ => break,
        }
        if !is_separator(tokens, at + 1) {
            break;
        }
        at += 3;
    }
    paths.push(path);
}

fn is_start(name: &str) -> bool {
    matches!(name, "crate" | "super" | "self")
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    is_colon(at) && is_colon(at + 1)
}

fn is_quote(name: &str, next: Option<&TokenTree>) -> bool {
    let is_call = matches!(next, Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
    is_call && QUOTES.contains(&name)
}
