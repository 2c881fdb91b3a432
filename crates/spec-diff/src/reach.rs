//! The operations whose messages contain a part of the document, by direction.

use super::compatibility::Direction;

/// A set of operations, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operations(Vec<u64>);

impl Operations {
    fn insert(&mut self, operation: usize) {
        let word = operation / 64;
        if self.0.len() <= word {
            self.0.resize(word.saturating_add(1), 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (operation % 64);
        }
    }

    /// Adds the operations of another set. Returns whether any of these was missing.
    fn merge(&mut self, other: &Self) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut grew = false;
        for (bits, more) in self.0.iter_mut().zip(&other.0) {
            grew |= *more & !*bits != 0;
            *bits |= *more;
        }
        grew
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// Returns the numbers of the operations, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let words = self.0.iter().enumerate();
        words.flat_map(|(word, bits)| {
            let bit = (0..64).filter(move |bit| bits & (1 << bit) != 0);
            bit.map(move |bit| word.saturating_mul(64).saturating_add(bit))
        })
    }
}

/// The directions in which messages contain a part of a schema. Each step from a schema to
/// an inner schema has a filter, and so has each change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DirectionFilter {
    /// Whether the two directions are swapped, as inside `not`.
    pub swaps: bool,
    /// False if requests can't contain the value, because the property is
    /// read-only.
    pub request: bool,
    /// False if responses can't contain the value, because the property is
    /// write-only.
    pub response: bool,
}

impl DirectionFilter {
    /// Both directions, unchanged.
    pub const ALL: Self = Self {
        swaps: false,
        request: true,
        response: true,
    };

    /// The filter of `not`: the more values the inner schema allows, the fewer fit the outer
    /// schema.
    pub const NEGATED: Self = Self {
        swaps: true,
        ..Self::ALL
    };
}

/// The operations that reach a part of the document, by direction. `excluded` are the
/// operations whose messages can't contain the part, because a property around it is
/// read-only or write-only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    included: [Operations; 2],
    excluded: [Operations; 2],
}

impl Reach {
    /// Returns the reach of a part that one operation's messages contain in both directions.
    pub fn everything(operation: usize) -> Self {
        let mut reach = Self::one(Direction::Request, operation);
        reach.merge(&Self::one(Direction::Response, operation));
        reach
    }

    /// Returns the reach of a part that one operation's messages contain in one direction.
    pub fn one(direction: Direction, operation: usize) -> Self {
        let mut reach = Self::default();
        let [request, response] = &mut reach.included;
        match direction {
            Direction::Request => request.insert(operation),
            Direction::Response => response.insert(operation),
        }
        reach
    }

    /// Adds the operations of another reach. Returns whether any of these was missing.
    pub fn merge(&mut self, other: &Self) -> bool {
        let included = self.included.iter_mut().zip(&other.included);
        let excluded = self.excluded.iter_mut().zip(&other.excluded);
        included
            .chain(excluded)
            .fold(false, |grew, (to, from)| to.merge(from) || grew)
    }

    /// Returns the reach with a filter applied. Operations whose messages can't contain the
    /// part become `excluded`. If the filter swaps directions, the operations of both
    /// directions are swapped.
    #[must_use]
    pub fn filtered(&self, filter: DirectionFilter) -> Self {
        let mut passed = self.clone();
        let sets = passed.included.iter_mut().zip(&mut passed.excluded);
        for (is_kept, (included, excluded)) in [filter.request, filter.response].iter().zip(sets) {
            if !is_kept {
                excluded.merge(&std::mem::take(included));
            }
        }
        if filter.swaps {
            passed.included.swap(0, 1);
            passed.excluded.swap(0, 1);
        }
        passed
    }

    /// Returns the directions in which messages contain the part.
    pub fn directions(&self) -> Vec<Direction> {
        present(&self.included)
    }

    /// Returns the directions in which a read-only or write-only property keeps the part out
    /// of messages.
    pub fn excluded_directions(&self) -> Vec<Direction> {
        present(&self.excluded)
    }

    /// Returns the operations of both directions.
    pub fn operations(&self) -> Operations {
        let mut all = Operations::default();
        for operations in self.included.iter().chain(&self.excluded) {
            all.merge(operations);
        }
        all
    }

    /// Whether no operation reaches the part.
    pub fn is_empty(&self) -> bool {
        self.operations().is_empty()
    }
}

fn present(sets: &[Operations; 2]) -> Vec<Direction> {
    let both = Direction::BOTH.into_iter().zip(sets);
    both.filter(|(_, operations)| !operations.is_empty())
        .map(|(direction, _)| direction)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(operations: &Operations) -> Vec<usize> {
        operations.iter().collect()
    }

    #[test]
    fn sets_grow_as_needed() {
        let mut one = Operations::default();
        one.insert(3);
        let mut other = Operations::default();
        other.insert(200);
        assert!(one.merge(&other));
        assert!(!one.merge(&other));
        assert_eq!(numbers(&one), [3, 200]);
    }

    #[test]
    fn operations_whose_messages_lack_a_part_are_excluded() {
        let reach = Reach::everything(1).filtered(DirectionFilter {
            request: false,
            ..DirectionFilter::ALL
        });
        assert_eq!(reach.directions(), [Direction::Response]);
        assert_eq!(reach.excluded_directions(), [Direction::Request]);
    }

    #[test]
    fn negation_swaps_the_directions() {
        let reach = Reach::one(Direction::Request, 1).filtered(DirectionFilter::NEGATED);
        assert_eq!(reach.directions(), [Direction::Response]);
    }
}
