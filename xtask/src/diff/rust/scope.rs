//! Resolves names to paths from the crate's root.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    AngleBracketedGenericArguments, Ident, Path, PathArguments, PathSegment, Token, TypePath,
};

/// A module in which names are resolved.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The path of the module, from the crate's root.
    pub module: &'a str,
    /// The names that the module declares.
    pub names: &'a BTreeSet<String>,
}

/// Rewrites paths. A rewritten path starts at the crate's root or at another crate, or is the
/// short name of a well-known item.
#[derive(Debug)]
pub struct Rooted<'a>(pub Scope<'a>);

impl VisitMut for Rooted<'_> {
    fn visit_angle_bracketed_generic_arguments_mut(
        &mut self,
        arguments: &mut AngleBracketedGenericArguments,
    ) {
        // A trailing comma has no meaning.
        arguments.args.pop_punct();
        visit_mut::visit_angle_bracketed_generic_arguments_mut(self, arguments);
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let is_foreign = path.leading_colon.take().is_some();
        // These names are compared without making strings, because tens of thousands of paths
        // are visited.
        let is_any = |ident: &Ident, names: &[&str]| names.iter().any(|name| ident == name);
        let (skip, prefix) = match path.segments.first().map(|first| &first.ident) {
            Some(first) if is_any(first, &["std", "core", "alloc"]) => {
                (std_prefix(path), Vec::new())
            }
            _ if is_foreign => return,
            Some(first) if is_any(first, &["crate", "self", "super"]) => self.0.up(path),
            Some(first) if self.0.names.contains(&first.to_string()) => (0, self.0.module_path()),
            _ => return,
        };
        let kept = path.segments.iter().skip(skip).cloned();
        let prefix = prefix.into_iter().map(|name| PathSegment {
            ident: Ident::new(name, proc_macro2::Span::call_site()),
            arguments: PathArguments::None,
        });
        path.segments = prefix
            .chain(kept)
            .collect::<Punctuated<PathSegment, Token![::]>>();
    }

    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        let before = path.path.segments.len();
        visit_mut::visit_type_path_mut(self, path);
        if let Some(own) = &mut path.qself {
            // `position` counts the segments of the trait's path.
            let after = path.path.segments.len();
            own.position = own
                .position
                .saturating_add(after)
                .saturating_sub(before)
                .min(after);
        }
    }
}

impl<'a> Scope<'a> {
    fn module_path(self) -> Vec<&'a str> {
        let names = self.module.split("::");
        names.filter(|name| !name.is_empty()).collect()
    }

    /// Returns the number of leading segments `crate`, `self` and `super`, and the module to
    /// which they lead.
    fn up(self, path: &Path) -> (usize, Vec<&'a str>) {
        let mut module_path = self.module_path();
        let mut skip = 0_usize;
        for segment in &path.segments {
            match segment.ident.to_string().as_str() {
                "crate" => module_path.clear(),
                "super" => {
                    module_path.pop();
                }
                "self" => {}
                _ => break,
            }
            skip = skip.saturating_add(1);
        }
        (skip, module_path)
    }
}

/// Returns the number of leading segments that are dropped from a path of the standard library.
fn std_prefix(path: &Path) -> usize {
    const SHORT: [&str; 19] = [
        "AsRef",
        "Box",
        "Clone",
        "Debug",
        "Default",
        "Display",
        "Eq",
        "From",
        "FromStr",
        "Hash",
        "Into",
        "Option",
        "Ord",
        "PartialEq",
        "PartialOrd",
        "String",
        "TryFrom",
        "TryInto",
        "Vec",
    ];
    let last = path.segments.len().saturating_sub(1);
    let Some(name) = path.segments.last().map(|segment| &segment.ident) else {
        return 0;
    };
    let is_in = |module: &str| path.segments.iter().any(|segment| segment.ident == module);
    // Several types are named `Result`.
    let is_short = SHORT.iter().any(|short| name == short) || (name == "Result" && is_in("result"));
    if is_short { last } else { 0 }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::*;

    fn rooted(module: &str, kind: &str) -> String {
        let names = BTreeSet::from(["Via".to_owned()]);
        let mut kind: syn::Type = syn::parse_str(kind).unwrap();
        let scope = Scope {
            module,
            names: &names,
        };
        Rooted(scope).visit_type_mut(&mut kind);
        kind.to_token_stream().to_string().replace(' ', "")
    }

    #[test]
    fn names_start_at_the_root() {
        assert_eq!(rooted("a::b", "super::Via"), "a::Via");
        assert_eq!(rooted("a::b", "Via"), "a::b::Via");
        assert_eq!(rooted("a::b", "self::Via"), "a::b::Via");
        assert_eq!(rooted("a::b", "crate::support::Via"), "support::Via");
        assert_eq!(rooted("a::b", "::other::Via"), "other::Via");
        assert_eq!(rooted("", "Via"), "Via");
    }

    #[test]
    fn well_known_names_are_short() {
        assert_eq!(
            rooted("a", "::std::option::Option<::std::vec::Vec<Via>>"),
            "Option<Vec<a::Via>>"
        );
        assert_eq!(rooted("a", "std::fmt::Result"), "std::fmt::Result");
        assert_eq!(rooted("a", "std::result::Result<(), ()>"), "Result<(),()>");
    }

    #[test]
    fn qualified_names_keep_their_trait() {
        assert_eq!(
            rooted("a", "<Via as super::Trait>::Error"),
            "<a::ViaasTrait>::Error"
        );
    }
}
