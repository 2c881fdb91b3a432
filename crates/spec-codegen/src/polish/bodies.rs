//! Lets a JSON body be given as text.
//!
//! The generated builder takes a typed body apart into a builder and puts it
//! together again before it is serialised. Here it takes a `Body`, which is
//! the typed value or text that goes out as it was written.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{
    Expr, Field, File, ImplItem, Item, ItemImpl, Stmt, Type, parse_quote, visit_mut::VisitMut as _,
};

use super::{Expressions, arguments, calls, implementer, last_segment, module};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "bodies as text",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let Some(operations) = module(&mut file.items, "builder") else {
        return 0;
    };
    let sending: BTreeSet<String> = operations
        .iter()
        .filter_map(|item| match item {
            Item::Impl(item) if item.trait_.is_none() && sends_json(item) => implementer(item),
            _ => None,
        })
        .collect();
    let mut bodies = BTreeMap::new();
    let mut conversions = Vec::new();
    for item in operations.iter_mut() {
        let Item::Struct(item) = item else { continue };
        let fields = item.fields.iter_mut();
        let is_body = |field: &&mut Field| field.ident.as_ref().is_some_and(|name| name == "body");
        if sending.contains(&item.ident.to_string())
            && let Some(field) = fields.into_iter().find(is_body)
        {
            let (typed, builder) = body_type(&field.ty);
            field.ty = parse_quote!(Result<crate::support::Body<#typed>, String>);
            conversions.extend(builder.map(|builder| conversion(&typed, &builder)));
            bodies.insert(item.ident.to_string(), typed);
        }
    }
    for item in operations.iter_mut() {
        if let Item::Impl(item) = item
            && let Some(typed) = implementer(item).and_then(|name| bodies.get(&name))
        {
            rewrite(item, typed);
        }
    }
    // Two operations may send the same type.
    let mut seen = BTreeSet::new();
    conversions.retain(|item| seen.insert(item.to_token_stream().to_string()));
    operations.extend(conversions);
    bodies.len()
}

fn sends_json(item: &ItemImpl) -> bool {
    item.items.iter().any(|item| {
        matches!(item, ImplItem::Fn(method) if method.sig.ident == "send"
            && method.block.stmts.iter().any(|statement| calls(statement, "json")))
    })
}

/// `Result<types::builder::Name, String>` is `types::Name` and its builder;
/// any other `Result<T, String>` is `T` alone.
fn body_type(ty: &Type) -> (Type, Option<Type>) {
    let inner = arguments(ty).first().copied().unwrap_or(ty).clone();
    let is_builder = match &inner {
        Type::Path(path) => path
            .path
            .segments
            .iter()
            .any(|segment| segment.ident == "builder"),
        _ => false,
    };
    match last_segment(&inner).filter(|_| is_builder) {
        Some(name) => {
            let name = quote::format_ident!("{name}");
            (parse_quote!(types::#name), Some(inner))
        }
        None => (inner, None),
    }
}

fn conversion(typed: &Type, builder: &Type) -> Item {
    parse_quote! {
        impl ::std::convert::TryFrom<#builder> for crate::support::Body<#typed> {
            type Error = types::error::ConversionError;

            fn try_from(value: #builder) -> ::std::result::Result<Self, Self::Error> {
                <#typed>::try_from(value).map(Self::from)
            }
        }
    }
}

fn rewrite(item: &mut ItemImpl, typed: &Type) {
    item.items
        .retain(|item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "body_map"));
    for item in &mut item.items {
        let ImplItem::Fn(method) = item else { continue };
        match method.sig.ident.to_string().as_str() {
            "new" => Expressions(&mut without_body).visit_block_mut(&mut method.block),
            "body" => {
                *method = parse_quote! {
                    /// Sets the body: a value, its builder, or text by
                    /// [`Body::json`](crate::support::Body::json).
                    pub fn body<V>(mut self, value: V) -> Self
                    where
                        V: std::convert::TryInto<crate::support::Body<#typed>>,
                        V::Error: std::fmt::Display,
                    {
                        self.body = value
                            .try_into()
                            .map_err(|error| format!("the body cannot be built: {error}"));
                        self
                    }
                };
            }
            "send" => {
                for statement in &mut method.block.stmts {
                    if is_let_body(statement) {
                        *statement = parse_quote! {
                            let body = body
                                .map_err(Error::InvalidRequest)?
                                .into_bytes()
                                .map_err(|error| Error::InvalidRequest(error.to_string()))?;
                        };
                    }
                }
                Expressions(&mut as_bytes).visit_block_mut(&mut method.block);
            }
            _ => {}
        }
    }
}

fn is_let_body(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Local(local) if local.pat.to_token_stream().to_string() == "body")
}

/// Nothing is sent in place of a forgotten body.
fn without_body(expr: &mut Expr) {
    let Expr::Struct(literal) = expr else { return };
    for field in &mut literal.fields {
        if matches!(&field.member, syn::Member::Named(name) if name == "body") {
            field.expr = parse_quote!(Err("body was not initialized".to_string()));
        }
    }
}

/// Sends the bytes that are there already.
fn as_bytes(expr: &mut Expr) {
    if let Expr::MethodCall(call) = expr
        && call.method == "json"
    {
        let receiver = &call.receiver;
        *expr = parse_quote! {
            #receiver
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .body(body)
        };
    }
}
