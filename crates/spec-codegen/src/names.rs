//! Predicts the names that the generator gives to types, variants, methods and fields. The
//! rules are copied from typify, which has no public function for names.

use heck::{ToPascalCase, ToSnakeCase};

/// Returns the name of a type or variant in Rust.
pub fn pascal(name: &str) -> String {
    identifier(name, str::to_pascal_case)
}

/// Returns the name of a method or field in Rust.
pub fn snake(name: &str) -> String {
    identifier(name, str::to_snake_case)
}

fn identifier(name: &str, case: fn(&str) -> String) -> String {
    let made = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => case(&name.replace('\'', "").replace(|c| !continues(c), "-")),
    };
    match made.chars().next() {
        Some(first) if first.is_alphabetic() => made,
        _ => format!("{}{made}", case("x")),
    }
}

fn continues(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_and_signs_make_names() {
        assert_eq!(pascal("created_datetime:asc"), "CreatedDatetimeAsc");
        assert_eq!(pascal("internal-note"), "InternalNote");
        assert_eq!(pascal("404"), "X404");
        assert_eq!(snake("create-ticket"), "create_ticket");
        assert_eq!(snake("listTickets"), "list_tickets");
    }
}
