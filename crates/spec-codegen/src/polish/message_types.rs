//! Finds the types that requests and responses contain, directly or in fields.

use std::collections::{BTreeMap, BTreeSet};

use spec_model::reachable;
use syn::{
    File, FnArg, Item, ReturnType, Type,
    visit::{self, Visit},
};

use crate::syntax::{argument, methods_of, module, type_name};

/// The names of the types that requests and responses contain.
pub(crate) struct MessageTypes {
    pub sent: BTreeSet<String>,
    pub received: BTreeSet<String>,
}

impl MessageTypes {
    pub fn of(file: &File) -> Self {
        let types = fields(module(&file.items, "types"));
        let mut sent = BTreeSet::new();
        let mut received = BTreeSet::new();
        for method in methods_of(&file.items, "Client") {
            for input in &method.sig.inputs {
                if let FnArg::Typed(input) = input {
                    sent.extend(names(&input.ty));
                }
            }
            if let ReturnType::Type(_, ty) = &method.sig.output {
                received.extend(argument(ty).map(names).unwrap_or_default());
            }
        }
        let in_fields = |name: &String| types.get(name).into_iter().flatten().cloned();
        Self {
            sent: reachable(sent, in_fields),
            received: reachable(received, in_fields),
        }
    }
}

/// Returns the last segments of the paths in a type, without paths that begin with `::`. The
/// generated types are among these names.
pub fn names(ty: &Type) -> Vec<String> {
    struct Names(Vec<String>);

    impl<'ast> Visit<'ast> for Names {
        fn visit_type(&mut self, ty: &'ast Type) {
            let is_foreign = match ty {
                Type::Path(path) => path.path.leading_colon.is_some(),
                _ => false,
            };
            if !is_foreign {
                self.0.extend(type_name(ty));
            }
            visit::visit_type(self, ty);
        }
    }

    let mut names = Names(Vec::new());
    names.visit_type(ty);
    names.0
}

/// Returns for each type the names in its fields.
fn fields(types: &[Item]) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for item in types {
        match item {
            Item::Struct(item) => {
                let inner = item.fields.iter().flat_map(|field| names(&field.ty));
                found.insert(item.ident.to_string(), inner.collect());
            }
            Item::Enum(item) => {
                let fields = item.variants.iter().flat_map(|variant| &variant.fields);
                let inner = fields.flat_map(|field| names(&field.ty));
                found.insert(item.ident.to_string(), inner.collect());
            }
            _ => {}
        }
    }
    found
}
