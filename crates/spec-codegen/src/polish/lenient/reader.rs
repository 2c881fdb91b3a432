//! The reader of one struct.

use quote::format_ident;
use syn::{
    Arm, Field, FieldValue, Fields, FieldsNamed, File, Ident, ImplItem, Item, ItemStruct, LitStr,
    Path, parse_quote, punctuated::Punctuated, visit_mut::VisitMut as _,
};

use crate::polish::{
    last_segment,
    template::{Filling, Lists},
    underive,
};

/// What is written for a struct, and for one field of it.
pub(super) struct Readers {
    code: File,
    blank: FieldValue,
    arm: Arm,
    extra: Field,
}

impl Readers {
    pub fn new() -> Self {
        let code = parse_quote! {
            impl crate::support::lenient::Object for BLANK {
                const NAME: &'static str = "TEXT";
                const REQUIRED: &'static [&'static str] = &[];

                fn blank() -> Self {
                    Self {}
                }

                fn read_field<'de, A: ::serde::de::MapAccess<'de>>(
                    &mut self,
                    key: &str,
                    map: &mut A,
                ) -> ::std::result::Result<::std::option::Option<bool>, A::Error> {
                    match key {
                        _ => return Ok(None),
                    }
                    .map(Some)
                }

                fn extra_fields(
                    &mut self,
                ) -> &mut ::serde_json::Map<::std::string::String, ::serde_json::Value> {
                    &mut self.EXTRA
                }
            }

            impl<'de> ::serde::Deserialize<'de> for BLANK {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    crate::support::lenient::deserialize(deserializer)
                }
            }

            impl crate::support::lenient::Lenient for BLANK {
                fn lenient<'de, D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                    crate::support::lenient::object(deserializer)
                }
            }
        };
        Self {
            code,
            blank: parse_quote!(BLANK: ::std::default::Default::default()),
            arm: parse_quote!("TEXT" => crate::support::lenient::read(&mut self.BLANK, map),),
            extra: parse_quote! {
                /// Fields of the response that this version does not know.
                #[serde(flatten)]
                pub EXTRA: ::serde_json::Map<::std::string::String, ::serde_json::Value>
            },
        }
    }

    /// Gives the struct a field for what is unknown in place of the derived
    /// reader. Returns the new reader, and the field's name.
    pub fn replace(&self, item: &mut ItemStruct) -> Option<(Vec<Item>, Ident)> {
        let extra = extra_fields(item);
        let Fields::Named(fields) = &mut item.fields else {
            return None;
        };
        underive(&mut item.attrs, "Deserialize");
        item.attrs.retain(|attr| !attr.path().is_ident("serde"));

        let mut lists = self.lists(fields);
        let reads_nothing = lists.arms.is_empty();
        let names = [("BLANK", &item.ident), ("EXTRA", &extra)];
        let filling = |names, text| Filling { names, text };
        let field = filling(&names, String::new()).of(&self.extra, Filling::visit_field_mut);
        fields.named.push(field);
        lists.fields.push(self.blank(&extra));
        let mut code =
            filling(&names, item.ident.to_string()).of(&self.code, Filling::visit_file_mut);
        lists.fill(&mut code);
        if reads_nothing {
            without_arms(&mut code);
        }
        Some((code.items, extra))
    }

    /// Reads the attributes of the fields, and takes away what the derived
    /// reader alone would need.
    fn lists(&self, fields: &mut FieldsNamed) -> Lists {
        let mut lists = Lists::default();
        let mut kept = Punctuated::new();
        for mut field in std::mem::take(&mut fields.named) {
            let options = options(&field);
            // A flattened map of other members gives way to the one of our own.
            if has(&options, "flatten") {
                continue;
            }
            if let Some(ident) = &field.ident {
                let key = options.iter().find(|(path, _)| path.is_ident("rename"));
                let key = match key {
                    Some((_, Some(key))) => key.clone(),
                    _ => LitStr::new(&ident.to_string(), ident.span()),
                };
                let filling = Filling {
                    names: &[("BLANK", ident)],
                    text: key.value(),
                };
                let arm = filling.of(&self.arm, Filling::visit_arm_mut);
                lists.arms.push(arm);
                lists.fields.push(self.blank(ident));
                // Options and defaulted fields may be absent; what is left may not.
                let is_option = last_segment(&field.ty).is_some_and(|name| name == "Option");
                if !is_option && !has(&options, "default") {
                    lists.elements.push(parse_quote!(#key));
                }
                without_default(&mut field, options);
            }
            kept.push(field);
        }
        fields.named = kept;
        lists
    }

    fn blank(&self, ident: &Ident) -> FieldValue {
        let filling = Filling {
            names: &[("BLANK", ident)],
            text: String::new(),
        };
        filling.of(&self.blank, Filling::visit_field_value_mut)
    }
}

/// Without arms, nothing would say what is mapped.
fn without_arms(code: &mut File) {
    for item in &mut code.items {
        let Item::Impl(item) = item else { continue };
        for item in &mut item.items {
            if let ImplItem::Fn(method) = item
                && method.sig.ident == "read_field"
            {
                method.block = parse_quote!({
                    let _ = (key, map);
                    Ok(None)
                });
            }
        }
    }
}

/// The name of the new field, which no field of the document may have.
fn extra_fields(item: &ItemStruct) -> Ident {
    let mut name = String::from("extra_fields");
    while item
        .fields
        .iter()
        .any(|field| field.ident.as_ref().is_some_and(|taken| *taken == name))
    {
        name.push('_');
    }
    format_ident!("{name}")
}

type Options = Vec<(Path, Option<LitStr>)>;

/// What a field's serde attributes say.
fn options(field: &Field) -> Options {
    let mut options = Vec::new();
    for attr in field
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("serde"))
    {
        let _ = attr.parse_nested_meta(|meta| {
            let value = match meta.input.peek(syn::Token![=]) {
                true => Some(meta.value()?.parse()?),
                false => None,
            };
            options.push((meta.path, value));
            Ok(())
        });
    }
    options
}

fn has(options: &Options, name: &str) -> bool {
    options.iter().any(|(path, _)| path.is_ident(name))
}

/// The new reader knows no defaults.
fn without_default(field: &mut Field, options: Options) {
    if !has(&options, "default") {
        return;
    }
    let kept: Vec<_> = options
        .into_iter()
        .filter(|(path, _)| !path.is_ident("default"))
        .map(|(path, value)| {
            let value = value.map(|value| quote::quote!(= #value));
            quote::quote!(#path #value)
        })
        .collect();
    field.attrs.retain(|attr| !attr.path().is_ident("serde"));
    if !kept.is_empty() {
        field.attrs.push(parse_quote!(#[serde(#(#kept),*)]));
    }
}
