//! Compares path templates.

use crate::both::Both;

/// Splits a template into its shape and the names of its parameters. In the shape, `{}`
/// stands for each parameter.
pub fn shape(path: &str) -> (String, Vec<String>) {
    let mut shape = String::with_capacity(path.len());
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, tail)) = rest.split_once('{') {
        let Some((name, after)) = tail.split_once('}') else {
            break;
        };
        shape.push_str(before);
        shape.push_str("{}");
        names.push(name.to_owned());
        rest = after;
    }
    shape.push_str(rest);
    (shape, names)
}

/// Returns the path parameters that were renamed, matched by position. Returns none if the
/// templates differ in more than the names.
pub fn renamed(old: &str, new: &str) -> Vec<Both<String>> {
    let ((old_shape, old_names), (new_shape, new_names)) = (shape(old), shape(new));
    if old_shape != new_shape {
        return Vec::new();
    }
    let names = old_names.into_iter().zip(new_names);
    let pairs = names.map(|(old, new)| Both::new(old, new));
    pairs.filter(|pair| !pair.are_equal()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_parameters_are_left_out() {
        assert_eq!(shape("/a/{b}/c.{d}").0, "/a/{}/c.{}");
        assert_eq!(shape("/a/{b").0, "/a/{b");
        let renames = renamed("/a/{b}/{c}", "/a/{x}/{c}");
        assert_eq!(renames, [Both::new("b", "x").map(str::to_owned)]);
        assert!(renamed("/a/{b}", "/z/{x}").is_empty());
    }
}
