//! Prints types and signatures as text. The texts of equal signatures are equal.

use quote::ToTokens;
use syn::visit_mut::VisitMut as _;
use syn::{FnArg, Generics, Path, ReturnType, Signature, Type};

use super::scope::{Rooted, Scope};

impl Scope<'_> {
    /// Prints a type.
    pub fn kind(self, kind: &Type) -> String {
        let mut kind = kind.clone();
        Rooted(self).visit_type_mut(&mut kind);
        tokens(&kind)
    }

    /// Prints the path of a type or trait, with its arguments.
    pub fn path(self, path: &Path) -> String {
        let mut path = path.clone();
        Rooted(self).visit_path_mut(&mut path);
        tokens(&path)
    }

    /// Prints generic parameters, and separately their `where` clause.
    pub fn generics(self, generics: &Generics) -> (String, String) {
        let mut generics = generics.clone();
        Rooted(self).visit_generics_mut(&mut generics);
        (tokens(&generics), bounds(&generics))
    }

    /// Prints the signature of a function with this name, without the names of parameters.
    pub fn signature(self, signature: &Signature, name: &str) -> String {
        let mut signature = signature.clone();
        Rooted(self).visit_signature_mut(&mut signature);
        let mut text = String::new();
        if signature.constness.is_some() {
            text.push_str("const ");
        }
        if signature.asyncness.is_some() {
            text.push_str("async ");
        }
        text.push_str("fn ");
        text.push_str(name);
        text.push_str(&tokens(&signature.generics));
        let inputs: Vec<String> = signature.inputs.iter_mut().map(input).collect();
        text.push('(');
        text.push_str(&inputs.join(", "));
        text.push(')');
        if let ReturnType::Type(_, kind) = &signature.output {
            text.push_str(" -> ");
            text.push_str(&tokens(kind));
        }
        text.push_str(&bounds(&signature.generics));
        text
    }
}

fn input(input: &mut FnArg) -> String {
    match input {
        FnArg::Typed(typed) => tokens(&typed.ty),
        FnArg::Receiver(receiver) => {
            // For callers, `mut self` is the same as `self`.
            receiver.mutability = None;
            tokens(receiver)
        }
    }
}

fn bounds(generics: &Generics) -> String {
    let Some(clause) = &generics.where_clause else {
        return String::new();
    };
    let predicates: Vec<String> = clause.predicates.iter().map(tokens).collect();
    if predicates.is_empty() {
        return String::new();
    }
    format!(" where {}", predicates.join(", "))
}

/// Prints tokens with the usual spaces.
pub fn tokens(tokens: &impl ToTokens) -> String {
    let words = tokens.to_token_stream().to_string();
    let mut text = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !text.is_empty() && !is_tight(&text, word) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// Whether a word follows a text without a space.
fn is_tight(text: &str, next: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    text.ends_with(['<', '&', '#'])
        || text.ends_with("::")
        || next.starts_with(['>', ')', ']', ',', ';', ':'])
        || (next.starts_with(['<', '('])
            && !text.ends_with("->")
            && text.ends_with(|last| is_name(last) || last == '>'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn scope<T>(run: impl FnOnce(Scope<'_>) -> T) -> T {
        run(Scope {
            module: "types",
            names: &BTreeSet::new(),
        })
    }

    #[test]
    fn types_are_as_people_write_them() {
        for text in [
            "Option<Vec<types::Via>>",
            "&'a str",
            "&mut [u8]",
            "(i64, String)",
            "Box<dyn Fn(i64) -> String + Send>",
            "HashMap<String, Vec<u8>>",
            "<T as TryInto<i64>>::Error",
        ] {
            let kind: Type = syn::parse_str(text).unwrap();
            assert_eq!(scope(|scope| scope.kind(&kind)), text);
        }
    }

    #[test]
    fn names_of_parameters_are_left_out() {
        let long: Signature = syn::parse_quote!(
            fn at<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<super::Via>,
        );
        assert_eq!(
            scope(|scope| scope.signature(&long, "T::at")),
            "fn T::at<V>(self, V) -> Self where V: TryInto<Via>"
        );
    }

    #[test]
    fn what_a_method_does_with_self_counts() {
        let one: Signature = syn::parse_quote!(async fn f(&self));
        let other: Signature = syn::parse_quote!(async fn f(&mut self));
        assert_eq!(
            scope(|scope| scope.signature(&one, "f")),
            "async fn f(&self)"
        );
        assert_eq!(
            scope(|scope| scope.signature(&other, "f")),
            "async fn f(&mut self)"
        );
    }
}
