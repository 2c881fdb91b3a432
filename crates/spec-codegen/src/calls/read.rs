//! Reads the facts about operations: types from the generator's code, everything else
//! from the document.

use std::collections::{BTreeMap, BTreeSet};

use quote::format_ident;
use serde_json::Value;
use spec_model::{is_success, members, merged, resolve};
use syn::{FnArg, Ident, ImplItemFn, Item, Pat, ReturnType, Type, parse_quote};

use super::{
    BODY, Checks,
    operation::{Answer, Body, BodyKind, Location, Operation, Parameter},
};
use crate::{
    lower::{MULTIPART, bare, sent},
    names,
    query::Style,
    syntax::{argument, argument_of, is_named, methods_of},
};

/// Returns the operations for which the generator made a method, in the order of the
/// document.
pub(super) fn operations(
    document: &Value,
    lowered: &Value,
    items: &[Item],
    checks: &Checks,
) -> Vec<Operation> {
    let methods: Vec<&ImplItemFn> = methods_of(items, "Client").collect();
    let originals: BTreeMap<_, _> = spec_model::operations(document)
        .map(|original| ((original.path, original.method), original))
        .collect();
    let found = spec_model::operations(lowered).filter_map(|operation| {
        let id = operation.id()?;
        let is_its = |method: &&&ImplItemFn| is_called(&method.sig.ident, id);
        let from = Source {
            document,
            lowered,
            operation,
            original: *originals.get(&(operation.path, operation.method))?,
            id,
            written: methods.iter().find(is_its)?,
            checks,
        };
        Some(from.read())
    });
    found.collect()
}

/// Whether `ident` is the generator's name for `name` of the document. The generator adds an
/// underscore behind a keyword, and before a name that starts with a digit.
fn is_called(ident: &Ident, name: &str) -> bool {
    let ident = ident.to_string();
    let name = names::snake(name);
    let after_digit = ident.strip_prefix('_').map(|rest| format!("x{rest}"));
    ident == name
        || ident.strip_suffix('_') == Some(name.as_str())
        || after_digit.is_some_and(|ident| ident == name)
}

/// The sources of the facts about one operation.
struct Source<'a> {
    document: &'a Value,
    lowered: &'a Value,
    /// The operation as the generator read it.
    operation: spec_model::Operation<'a>,
    /// The operation in the document before `lower`, which still has the limits and styles of
    /// parameters, bodies of several parts, and all successful responses.
    original: spec_model::Operation<'a>,
    id: &'a str,
    written: &'a ImplItemFn,
    checks: &'a Checks,
}

impl Source<'_> {
    fn read(&self) -> Operation {
        let spec_model::Operation {
            path,
            method,
            value,
            ..
        } = self.operation;
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let sent = format!("`{} {path}`", method.to_uppercase());
        let docs = [text("summary"), text("description"), Some(&sent)];
        let docs: Vec<_> = docs.into_iter().flatten().map(str::trim).collect();
        let id = names::snake(self.id);
        Operation {
            method: self.written.sig.ident.clone(),
            call: format_ident!("{}", names::pascal(self.id)),
            described: format_ident!("{}", id.to_uppercase()),
            docs: docs.join("\n\n"),
            parameters: self.parameters(),
            body: self.body(),
            answer: self.answer(),
        }
    }

    fn rule(&self, of: &str) -> Option<Ident> {
        let key = (self.id.to_owned(), of.to_owned());
        self.checks.get(&key).cloned()
    }

    /// Returns the name and type of an argument of the generator's method.
    fn argument(&self, name: &str) -> Option<(Ident, Type)> {
        self.written.sig.inputs.iter().find_map(|input| {
            let FnArg::Typed(input) = input else {
                return None;
            };
            match &*input.pat {
                Pat::Ident(pat) if is_called(&pat.ident, name) => {
                    Some((pat.ident.clone(), owned(&input.ty)))
                }
                _ => None,
            }
        })
    }

    /// Returns the parameters. The parameters in the path come first, in the order of the path.
    fn parameters(&self) -> Vec<Parameter> {
        let mut seen = BTreeSet::new();
        let all = self.operation.parameters(self.lowered);
        let all = all.filter(|one| seen.insert(one["name"].as_str()));
        let mut parameters: Vec<_> = all.filter_map(|one| self.parameter(one)).collect();
        // The other parameters are sorted by name, so that their order in the document
        // doesn't matter.
        parameters.sort_by_key(|one| match one.location {
            Location::Path => {
                let place = self.operation.path.find(&format!("{{{}}}", one.name));
                (place, String::new())
            }
            _ => (Some(usize::MAX), one.name.clone()),
        });
        parameters
    }

    fn parameter(&self, described: &Value) -> Option<Parameter> {
        let text = |name: &str| described.get(name).and_then(Value::as_str);
        let name = text("name")?;
        let (ident, ty) = self.argument(name)?;
        let location = match text("in")? {
            "path" => Location::Path,
            "header" => Location::Header,
            _ => Location::Query,
        };
        let inner = argument_of(&ty, "Option").map(owned);
        Some(Parameter {
            name: name.to_owned(),
            ident,
            location,
            is_required: inner.is_none(),
            ty: inner.unwrap_or(ty),
            docs: text("description").unwrap_or_default().trim().to_owned(),
            rule: self.rule(name),
            maximum: self.maximum(name),
            style: self.style(name),
        })
    }

    fn maximum(&self, name: &str) -> Option<i64> {
        self.described(name)?
            .get("schema")?
            .get("maximum")?
            .as_i64()
    }

    fn style(&self, name: &str) -> Option<Style> {
        let parameter = self.described(name)?;
        let schema = merged(self.document, parameter.get("schema")?);
        let kind = schema.get("type").and_then(Value::as_str);
        let is_object = kind == Some("object") || schema.contains_key("properties");
        let style = Style::of(parameter)?;
        // By default, the runtime writes one parameter for each item of a list.
        let is_plain = !is_object && (style == Style::Exploded || kind != Some("array"));
        (!is_plain).then_some(style)
    }

    /// Returns a parameter of the document before `lower`.
    fn described(&self, name: &str) -> Option<&Value> {
        let mut all = self.original.parameters(self.document);
        all.find(|one| one["name"] == name)
    }

    fn body(&self) -> Option<Body> {
        let body = resolve(self.document, self.original.value.get("requestBody")?);
        let media = sent(body.get("content")?)?;
        let kind = match bare(media) {
            MULTIPART => BodyKind::Multipart,
            "application/json" => BodyKind::Json {
                ty: self.argument("body")?.1,
                rule: self.rule(BODY),
            },
            "application/x-www-form-urlencoded" => BodyKind::Form {
                ty: self.argument("body")?.1,
                rule: self.rule(BODY),
            },
            _ => BodyKind::Raw {
                content_type: media.to_owned(),
            },
        };
        let docs = body.get("description").and_then(Value::as_str);
        Some(Body {
            kind,
            is_optional: body.get("required") == Some(&Value::Bool(false)),
            docs: docs.unwrap_or_default().trim().to_owned(),
        })
    }

    fn answer(&self) -> Answer {
        let ReturnType::Type(_, output) = &self.written.sig.output else {
            return Answer::Nothing;
        };
        let inner = argument(output).and_then(argument);
        let mut successes = successes(self.lowered, self.operation.value);
        let has_content = successes.any(|has_content| has_content);
        // The lowered document has only one successful response, so the original is read.
        let mut successes = self::successes(self.document, self.original.value);
        let may_be_empty = successes.any(|has_content| !has_content);
        match inner {
            Some(Type::Tuple(_)) | None => Answer::Nothing,
            Some(_) if !has_content => Answer::Nothing,
            Some(ty) if is_named(ty, "ByteStream") => Answer::Bytes,
            Some(ty) if may_be_empty => Answer::MaybeJson(ty.clone()),
            Some(ty) => Answer::Json(ty.clone()),
        }
    }
}

/// Returns for each successful response of an operation whether it has a body.
fn successes<'a>(document: &'a Value, operation: &'a Value) -> impl Iterator<Item = bool> + 'a {
    members(operation, "/responses")
        .filter(|(status, _)| is_success(status))
        .map(|(_, response)| {
            let mut content = members(resolve(document, response), "/content");
            content.next().is_some()
        })
}

/// Returns the owned form of a type that the generator's method borrows.
fn owned(ty: &Type) -> Type {
    match ty {
        Type::Reference(reference) => owned(&reference.elem),
        Type::Slice(slice) => {
            let item = owned(&slice.elem);
            parse_quote!(::std::vec::Vec<#item>)
        }
        Type::Path(path) if path.path.is_ident("str") => parse_quote!(::std::string::String),
        other => other.clone(),
    }
}
