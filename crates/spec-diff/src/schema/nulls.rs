//! Compares null in unions, where it fits if any part of the union allows it.

use super::keywords::allows_null;
use super::shape::Shape;
use crate::document::Document;

/// Whether null fits a union in both documents or in neither, so that it
/// doesn't matter which part allows it.
pub fn is_alike(
    (old_document, old): (&mut Document<'_>, &Shape<'_>),
    (new_document, new): (&mut Document<'_>, &Shape<'_>),
) -> bool {
    let is_union = !old.unions.is_empty() || !new.unions.is_empty();
    is_union && fits(old_document, old) == fits(new_document, new)
}

fn fits(document: &mut Document<'_>, shape: &Shape<'_>) -> bool {
    let mut in_variants = shape.unions.iter().map(|union| {
        let variants = union.variants.iter();
        let count = variants
            .filter(|variant| allows_null(document, **variant))
            .count();
        match union.keyword {
            "oneOf" => count == 1,
            _ => count > 0,
        }
    });
    shape.nullable.is_some() || (!shape.is_typed && in_variants.any(|fits| fits))
}
