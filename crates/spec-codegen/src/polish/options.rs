//! Reads and writes the serde options of a field.

use syn::{Attribute, Field, LitStr, Path, parse_quote};

/// The serde options of a field. Each has a name, and some have a value.
pub struct Options(Vec<(Path, Option<LitStr>)>);

impl Options {
    /// Reads the options among the attributes of a field or variant.
    pub fn of(attrs: &[Attribute]) -> Self {
        let mut options = Vec::new();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
            // An attribute that isn't a list of options is ignored.
            let _: syn::Result<()> = attr.parse_nested_meta(|meta| {
                let value = match meta.input.peek(syn::Token![=]) {
                    true => Some(meta.value()?.parse()?),
                    false => None,
                };
                options.push((meta.path, value));
                Ok(())
            });
        }
        Self(options)
    }

    /// Whether an option is set.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(path, _)| path.is_ident(name))
    }

    /// Returns the name in JSON, if it isn't the name of the field.
    pub fn renamed(&self) -> Option<&LitStr> {
        let renamed = self.0.iter().find(|(path, _)| path.is_ident("rename"));
        renamed.and_then(|(_, name)| name.as_ref())
    }

    /// Removes options.
    pub fn without(mut self, names: &[&str]) -> Self {
        self.0
            .retain(|(path, _)| !names.iter().any(|name| path.is_ident(name)));
        self
    }

    /// Adds an option.
    pub fn with(mut self, name: Path, value: Option<LitStr>) -> Self {
        self.0.push((name, value));
        self
    }

    /// Replaces the options of a field by these.
    pub fn write(self, field: &mut Field) {
        field.attrs.retain(|attr| !attr.path().is_ident("serde"));
        let options = self.0.into_iter().map(|(path, value)| {
            let value = value.map(|value| quote::quote!(= #value));
            quote::quote!(#path #value)
        });
        let options: Vec<_> = options.collect();
        if !options.is_empty() {
            field.attrs.push(parse_quote!(#[serde(#(#options),*)]));
        }
    }
}
