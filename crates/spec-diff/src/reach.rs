//! For a part of the document: the operations whose requests, and those whose
//! responses, can contain it.

use super::law::Direction;

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

    /// Adds the operations of another set. Returns whether any of them was new.
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

    /// The numbers of the operations, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let words = self.0.iter().enumerate();
        words.flat_map(|(word, bits)| {
            let bit = (0..64).filter(move |bit| bits & (1 << bit) != 0);
            bit.map(move |bit| word.saturating_mul(64).saturating_add(bit))
        })
    }
}

/// What the step from a schema to one it refers to does to the directions:
/// whether they are reversed, and in which messages the second one can occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Via {
    /// Whether the directions are reversed, as below `not`.
    pub flip: bool,
    /// False if requests can't contain the value, because the property is
    /// read-only.
    pub request: bool,
    /// False if responses can't contain the value, because the property is
    /// write-only.
    pub response: bool,
}

impl Via {
    /// Nothing changes.
    pub const PLAIN: Self = Self {
        flip: false,
        request: true,
        response: true,
    };

    /// The schema is excluded by `not`: the more it allows, the fewer values
    /// fit.
    pub const EXCLUDED: Self = Self {
        flip: true,
        ..Self::PLAIN
    };
}

/// The operations that reach a part of the document, by direction. Those whose
/// messages can't carry it, because a property on the way is read-only or
/// write-only, are kept apart as `void`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    live: [Operations; 2],
    void: [Operations; 2],
}

impl Reach {
    /// Returns both directions of one operation.
    pub fn everything(operation: usize) -> Self {
        let mut reach = Self::default();
        for direction in Direction::BOTH {
            reach.add(direction, operation);
        }
        reach
    }

    /// Returns one direction of one operation.
    pub fn one(direction: Direction, operation: usize) -> Self {
        let mut reach = Self::default();
        reach.add(direction, operation);
        reach
    }

    fn add(&mut self, direction: Direction, operation: usize) {
        let [request, response] = &mut self.live;
        match direction {
            Direction::Request => request.insert(operation),
            Direction::Response => response.insert(operation),
        }
    }

    /// Adds the operations of another set. Returns whether any of them was new.
    pub fn merge(&mut self, other: &Self) -> bool {
        let live = self.live.iter_mut().zip(&other.live);
        let void = self.void.iter_mut().zip(&other.void);
        live.chain(void)
            .fold(false, |grew, (to, from)| to.merge(from) || grew)
    }

    /// Returns the operations as the next schema sees them: those whose messages
    /// can't contain it move to `void`, and with `flip` the directions swap.
    #[must_use]
    pub fn through(&self, via: Via) -> Self {
        let mut passed = self.clone();
        for (carried, direction) in [(via.request, 0), (via.response, 1)] {
            if carried {
                continue;
            }
            if let (Some(live), Some(void)) = (
                passed.live.get_mut(direction),
                passed.void.get_mut(direction),
            ) {
                void.merge(live);
                *live = Operations::default();
            }
        }
        if via.flip {
            passed.live.swap(0, 1);
            passed.void.swap(0, 1);
        }
        passed
    }

    /// The directions in which messages carry the part.
    pub fn directions(&self) -> Vec<Direction> {
        self.present(&self.live)
    }

    /// The directions in which a read-only or write-only property keeps the
    /// part out of messages.
    pub fn void_directions(&self) -> Vec<Direction> {
        self.present(&self.void)
    }

    fn present(&self, sets: &[Operations; 2]) -> Vec<Direction> {
        let both = Direction::BOTH.into_iter().zip(sets);
        both.filter(|(_, operations)| !operations.is_empty())
            .map(|(direction, _)| direction)
            .collect()
    }

    /// The operations of all directions.
    pub fn operations(&self) -> Operations {
        let mut all = Operations::default();
        for operations in self.live.iter().chain(&self.void) {
            all.merge(operations);
        }
        all
    }

    /// Whether no operation reaches the part.
    pub fn is_empty(&self) -> bool {
        self.operations().is_empty()
    }
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
    fn what_does_not_travel_is_void() {
        let reach = Reach::everything(1).through(Via {
            request: false,
            ..Via::PLAIN
        });
        assert_eq!(reach.directions(), [Direction::Response]);
        assert_eq!(reach.void_directions(), [Direction::Request]);
    }

    #[test]
    fn exclusion_turns_directions_around() {
        let reach = Reach::one(Direction::Request, 1).through(Via::EXCLUDED);
        assert_eq!(reach.directions(), [Direction::Response]);
    }
}
