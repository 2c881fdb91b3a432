//! Formats docs as wrapped `///` lines. The generator's sample calls are left out, because they
//! don't compile.

use proc_macro2::Span;
use syn::{
    AttrStyle, Attribute, Block, Expr, ExprLit, File, Ident, Lit, LitStr, Meta, MetaNameValue,
    visit_mut::VisitMut,
};

/// The width at which the prose of doc comments is wrapped. With `/// ` and the indent of
/// nested modules, a wrapped line stays below 100 columns.
const WIDTH: usize = 76;

pub(super) fn run(file: &mut File) {
    Docs.visit_file_mut(file);
}

struct Docs;

impl VisitMut for Docs {
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
        if !attrs.iter().any(|attr| attr.path().is_ident("doc")) {
            return;
        }
        let mut written = Vec::with_capacity(attrs.len());
        for attr in attrs.drain(..) {
            match text(&attr) {
                Some(text) => {
                    let lines = lines(&text);
                    written.extend(lines.into_iter().map(|line| doc(&line)));
                }
                None => written.push(attr),
            }
        }
        *attrs = written;
    }

    /// Skips function bodies, which have no docs and are most of the code.
    fn visit_block_mut(&mut self, _: &mut Block) {}
}

fn text(attr: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attr.meta else {
        return None;
    };
    match &meta.value {
        Expr::Lit(literal) if meta.path.is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn doc(line: &str) -> Attribute {
    let line = match line {
        "" => String::new(),
        line => format!(" {line}"),
    };
    // `parse_quote!` would be slow, because there are thousands of doc comments.
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: Default::default(),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: Lit::Str(LitStr::new(&line, Span::call_site())),
            }),
        }),
    }
}

/// Splits docs into lines that aren't too long.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut in_sample = false;
    let mut in_code = false;
    let mut in_arguments = false;
    for line in text.trim().split('\n').map(str::trim_end) {
        // The generator's sample call uses variables that don't exist.
        if in_sample || line == "```ignore" {
            in_sample = line != "```";
            continue;
        }
        if line.starts_with("```") {
            in_code = !in_code;
        }
        if in_code || line.starts_with(['`', '|', '#', '[']) {
            lines.push(line.to_owned());
            continue;
        }
        in_arguments |= line == "Arguments:";
        let is_item = line.starts_with("- ");
        // A line after an argument belongs to the argument.
        let is_argument = in_arguments && line != "Arguments:";
        let indent = if is_item || is_argument { "  " } else { "" };
        let first = if is_item { "" } else { indent };
        wrap(line.trim_start(), first, indent, &mut lines);
    }
    while lines.len() > 1 && lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Wraps a text. `first` and `rest` are the indents of the first line and of the others.
fn wrap(text: &str, first: &str, rest: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let indent = if line.is_empty() { first } else { " " };
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, format!("{rest}{word}")));
        } else {
            line.push_str(indent);
            line.push_str(word);
        }
    }
    lines.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_hang_together() {
        let long = "word ".repeat(30);
        let text =
            format!("Does it.\n\nArguments:\n- `a`: {long}\n\nLimits: none.\n- `b`: Short.\n");
        let lines = lines(&text);
        let after: Vec<_> = lines
            .iter()
            .skip_while(|line| *line != "Arguments:")
            .skip(1)
            .collect();
        assert!(
            after
                .iter()
                .all(|line| line.is_empty() || line.starts_with(['-', ' '])),
            "{lines:?}"
        );
        assert!(
            lines.iter().all(|line| line.chars().count() <= WIDTH + 2),
            "{lines:?}"
        );
    }

    #[test]
    fn samples_that_cannot_compile_are_left_out() {
        assert_eq!(lines("Text.\n\n```ignore\nlet x = y;\n```"), ["Text."]);
    }

    #[test]
    fn blank_lines_stay() {
        assert_eq!(lines(""), [""]);
        assert_eq!(lines("One.\n\nTwo."), ["One.", "", "Two."]);
    }
}
