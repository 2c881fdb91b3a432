//! Compares schemas as sets of values: whether one set is a subset of another, and whether
//! two sets are disjoint. The answer `true` is certain, and `false` may mean "unknown".

use std::collections::BTreeMap;

use serde_json::Value;

use super::implied::{implies_format, implies_limit, implies_step};
use super::keywords::Additional;
use super::number::Num;
use super::shape::Shape;
use super::types::Type;
use crate::document::NodeId;
use crate::rules::BOUNDS;

/// A schema as a set of values, with the sets of its properties and items.
#[derive(Debug)]
pub struct ValueSet<'a> {
    pub shape: Shape<'a>,
    pub properties: BTreeMap<&'a str, ValueSet<'a>>,
    pub items: Option<Box<ValueSet<'a>>>,
}

impl ValueSet<'_> {
    /// Whether the two sets have no value in common.
    pub fn is_disjoint_from(&self, other: &Self) -> bool {
        let nullable = |set: &Self| set.shape.nullable.is_some() || set.shape.kind.is_none();
        if nullable(self) && nullable(other) {
            return false;
        }
        let (one, two) = (&self.shape, &other.shape);
        if let (Some((kind, _)), Some((other_kind, _))) = (one.kind, two.kind)
            && kind.intersection(other_kind) == Type::Never
        {
            return true;
        }
        let lists_none_of = |one: &Shape<'_>, two: &Shape<'_>| {
            let values = one.values.as_ref();
            values.is_some_and(|(values, _)| values.iter().all(|value| !may_contain(two, value)))
        };
        lists_none_of(one, two)
            || lists_none_of(two, one)
            || limits_cross(one, two)
            || limits_cross(two, one)
            || self.requires_disjoint_property(other)
            || self.requires_property_refused_by(other)
            || other.requires_property_refused_by(self)
    }

    /// Whether the other set contains none of the values that a sender creates by this schema.
    /// Open objects allow any property, but senders are assumed to send only the listed ones.
    pub fn is_distinct_from(&self, other: &Self) -> bool {
        let (one, two) = (&self.shape, &other.shape);
        let lacks = |name: &&&str| !one.properties.contains_key(**name);
        let are_objects = [one, two].iter().all(|shape| is_object(shape));
        (are_objects && two.required.keys().any(|name| lacks(&name)))
            || self.is_disjoint_from(other)
    }

    /// Whether the values that this set has in common with `after` were all in `before` too.
    /// For objects, any overlap with `before` is enough, because the extent of an overlap
    /// seldom matters to authors.
    pub fn shares_no_more_with(&self, after: &Self, before: &Self) -> bool {
        let are_scalars = [self, before, after]
            .iter()
            .all(|set| set.shape.is_scalar());
        if are_scalars {
            after.is_subset_of(before) || self.is_subset_of(before)
        } else {
            !self.is_distinct_from(before)
        }
    }

    /// Whether the two sets certainly have a value in common.
    pub fn surely_overlaps(&self, other: &Self) -> bool {
        let are_ranges = [self, other].iter().all(|set| is_range(&set.shape));
        self.is_subset_of(other)
            || other.is_subset_of(self)
            || (are_ranges && !self.is_disjoint_from(other))
    }

    /// Whether the other set contains every value that a sender creates by this schema.
    pub fn is_subset_of(&self, other: &Self) -> bool {
        let (one, two) = (&self.shape, &other.shape);
        if two.allows_anything() {
            return true;
        }
        let has_more_constraints = !two.unions.is_empty()
            || !two.exclusions.is_empty()
            || two.unresolved.is_some()
            || two.foreign.is_some()
            || (two.unique.is_some() && one.unique.is_none());
        let is_subtype = two.kind().is_none_or(|other| {
            let kind = one.kind();
            kind.is_some_and(|kind| kind.intersection(other) == kind)
        });
        if has_more_constraints || !is_subtype || (one.nullable.is_some() && two.nullable.is_none())
        {
            return false;
        }
        implies_values(one, two)
            && implies_limits(one, two)
            && self.has_subset_properties(other)
            && match (&self.items, &other.items) {
                (_, None) => two.items.is_empty(),
                (Some(items), Some(other)) => items.is_subset_of(other),
                (None, Some(_)) => one.kind().is_some_and(|kind| kind != Type::Array),
            }
    }

    /// Whether there is a property that both sets require, but with disjoint values.
    fn requires_disjoint_property(&self, other: &Self) -> bool {
        if !is_object(&self.shape) || !is_object(&other.shape) {
            return false;
        }
        let required = self.shape.required.keys();
        let mut shared = required.filter(|name| other.shape.required.contains_key(**name));
        shared.any(|name| {
            let sets = (self.properties.get(name), other.properties.get(name));
            matches!(sets, (Some(one), Some(two)) if one.is_disjoint_from(two))
        })
    }

    /// Whether this set requires a property that the other set refuses.
    fn requires_property_refused_by(&self, other: &Self) -> bool {
        let is_closed = matches!(other.shape.additional, Additional::Closed(_));
        let refused = |name: &&str| {
            (is_closed && !other.shape.properties.contains_key(name))
                || other.shape.refused.contains(name)
        };
        is_object(&self.shape) && self.shape.required.keys().any(refused)
    }

    fn has_subset_properties(&self, other: &Self) -> bool {
        let (one, two) = (&self.shape, &other.shape);
        let is_closed = match two.additional {
            Additional::Open => false,
            Additional::Closed(_) => true,
            Additional::Typed(_) => return false,
        };
        let fits = |name: &&str| {
            let is_listed = two.properties.contains_key(name);
            match (self.properties.get(name), other.properties.get(name)) {
                (Some(own), Some(other)) => own.is_subset_of(other),
                (None, _) if is_listed => false,
                (_, None) => !is_closed && !is_listed,
                (None, Some(_)) => false,
            }
        };
        two.refused.is_empty()
            && two
                .required
                .keys()
                .all(|name| one.required.contains_key(name))
            && one.properties.keys().all(fits)
    }
}

fn is_object(shape: &Shape<'_>) -> bool {
    shape.kind() == Some(Type::Object)
}

/// Whether a schema of scalars has no constraints but limits.
fn is_range(shape: &Shape<'_>) -> bool {
    shape.is_scalar() && shape.unions.is_empty() && shape.is_range()
}

/// Whether a value fits the type and the enum of a schema.
fn may_contain(shape: &Shape<'_>, value: &Value) -> bool {
    let Some(own) = Type::of(value) else {
        return shape.nullable.is_some() || shape.kind.is_none();
    };
    let kind = shape.kind.is_none_or(|(kind, _)| {
        kind.intersection(own) == own || (kind == Type::Integer && Num::is_whole_value(value))
    });
    let listed = |(values, _): &(Vec<&Value>, NodeId)| values.contains(&value);
    kind && shape.values.as_ref().is_none_or(listed)
}

/// Whether the upper limit of `one` is below the lower limit of `two`.
fn limits_cross(one: &Shape<'_>, two: &Shape<'_>) -> bool {
    let pairs = [(0, 1), (2, 3), (4, 5), (6, 7)];
    pairs.iter().any(|(upper, lower)| {
        let (Some(most), Some(least)) = (one.limit(*upper), two.limit(*lower)) else {
            return false;
        };
        let are_exclusive = most.exclusive || least.exclusive;
        let are_typed = [one, two].iter().all(|shape| shape.kind.is_some());
        are_typed && (most.number < least.number || (most.number == least.number && are_exclusive))
    })
}

/// Whether `one` implies the enum, patterns, formats and `multipleOf` of `two`.
fn implies_values(one: &Shape<'_>, two: &Shape<'_>) -> bool {
    let values = two.values.as_ref().is_none_or(|(listed, _)| {
        let own = one.values.as_ref();
        own.is_some_and(|(own, _)| own.iter().all(|value| listed.contains(value)))
    });
    let patterns = two
        .patterns
        .iter()
        .all(|(text, _)| one.patterns.iter().any(|(own, _)| own == text));
    let formats = two.formats.iter().all(|(format, _)| {
        one.formats.iter().any(|(own, _)| own == format) || implies_format(one, format)
    });
    let steps = two.steps.iter().all(|(step, _)| {
        one.steps.iter().any(|(own, _)| own.is_multiple_of(*step)) || implies_step(one, *step)
    });
    values && patterns && formats && steps
}

/// Whether `one` implies the limits of `two`.
fn implies_limits(one: &Shape<'_>, two: &Shape<'_>) -> bool {
    BOUNDS.iter().enumerate().all(|(index, rules)| {
        let Some(outer) = two.limit(index) else {
            return true;
        };
        let own = one.limit(index);
        own.is_some_and(|own| own.implies(outer, rules.keyword.upper))
            || implies_limit(one, index, outer)
    })
}
