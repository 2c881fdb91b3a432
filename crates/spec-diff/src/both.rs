//! A value of the old document together with the corresponding value of the new one, and
//! the matching of the items of two lists.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use super::document::NodeId;

/// One of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The old document.
    Old,
    /// The new document.
    New,
}

impl Side {
    /// Both documents, the old one first.
    pub const BOTH: [Self; 2] = [Self::Old, Self::New];

    /// Returns the other document.
    pub const fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }

    /// Returns the first element for the old document, the second for the new one.
    pub fn pick<T>(self, [old, new]: [T; 2]) -> T {
        match self {
            Self::Old => old,
            Self::New => new,
        }
    }

    /// Returns the verb for a part that only this document has: "removed" or "added".
    pub fn verb(self) -> &'static str {
        self.pick(["removed", "added"])
    }
}

/// A value of the old document, and the corresponding value of the new document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Both<T> {
    /// The value of the old document.
    pub old: T,
    /// The value of the new document.
    pub new: T,
}

impl<T> Both<T> {
    /// Makes a pair.
    pub const fn new(old: T, new: T) -> Self {
        Self { old, new }
    }

    /// Makes a pair of `own`, the value of the document of a side, and `other`, the value
    /// of the other document.
    pub fn of(side: Side, own: T, other: T) -> Self {
        match side {
            Side::Old => Self::new(own, other),
            Side::New => Self::new(other, own),
        }
    }

    /// Returns the value of one document.
    pub fn get(self, side: Side) -> T {
        side.pick([self.old, self.new])
    }

    /// Borrows both values.
    pub const fn as_ref(&self) -> Both<&T> {
        Both::new(&self.old, &self.new)
    }

    /// Converts both values.
    pub fn map<U>(self, mut convert: impl FnMut(T) -> U) -> Both<U> {
        Both::new(convert(self.old), convert(self.new))
    }
}

impl<T: PartialEq> Both<T> {
    /// Whether the two values are equal.
    pub fn are_equal(&self) -> bool {
        self.old == self.new
    }
}

impl<T> Both<Option<T>> {
    /// Returns both values, if both documents have one.
    pub fn transpose(self) -> Option<Both<T>> {
        Some(Both::new(self.old?, self.new?))
    }

    /// Returns the value and its document, if only one document has a value.
    pub fn unmatched(self) -> Option<(Side, T)> {
        match (self.old, self.new) {
            (Some(old), None) => Some((Side::Old, old)),
            (None, Some(new)) => Some((Side::New, new)),
            _ => None,
        }
    }

    /// Returns both values. A missing value is replaced by the one in `others`.
    pub fn or(self, others: Both<T>) -> Both<T> {
        Both::new(
            self.old.unwrap_or(others.old),
            self.new.unwrap_or(others.new),
        )
    }
}

impl<T> Both<Vec<T>> {
    /// Removes and returns pairs of items. `find` returns the index of the new item that
    /// matches an old item.
    pub fn pair_with(&mut self, mut find: impl FnMut(&T, &[T]) -> Option<usize>) -> Vec<Both<T>> {
        let mut pairs = Vec::new();
        for old in std::mem::take(&mut self.old) {
            match find(&old, &self.new) {
                Some(index) => pairs.push(Both::new(old, self.new.remove(index))),
                None => self.old.push(old),
            }
        }
        pairs
    }

    /// Removes and returns the pairs of an old item and the first new item for which
    /// `same` is true.
    pub fn pair_off(&mut self, mut same: impl FnMut(&T, &T) -> bool) -> Vec<Both<T>> {
        self.pair_with(|old, new| new.iter().position(|new| same(old, new)))
    }

    /// Removes and returns the pairs of an old item and the only new item for which
    /// `same` is true.
    pub fn pair_unique(&mut self, same: impl Fn(&T, &T) -> bool) -> Vec<Both<T>> {
        self.pair_with(|old, new| {
            let mut found = new.iter().enumerate().filter(|(_, new)| same(old, new));
            let (index, _) = found.next()?;
            found.next().is_none().then_some(index)
        })
    }

    /// Removes and returns the pairs of items with equal keys. In long lists this is
    /// faster than comparing all items with each other.
    pub fn pair_by<K: Hash + Eq>(&mut self, key: impl Fn(&T) -> Option<K>) -> Vec<Both<T>> {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (index, new) in self.new.iter().enumerate() {
            if let Some(key) = key(new) {
                by_key.entry(key).or_default().push_back(index);
            }
        }
        let new = std::mem::take(&mut self.new).into_iter();
        let mut new: Vec<Option<T>> = new.map(Some).collect();
        let mut pairs = Vec::new();
        for old in std::mem::take(&mut self.old) {
            let index = key(&old).and_then(|key| by_key.get_mut(&key)?.pop_front());
            match index.and_then(|index| new.get_mut(index)?.take()) {
                Some(new) => pairs.push(Both::new(old, new)),
                None => self.old.push(old),
            }
        }
        self.new = new.into_iter().flatten().collect();
        pairs
    }

    /// Removes and returns the pairs of items at the same index.
    pub fn pair_in_order(&mut self) -> Vec<Both<T>> {
        let count = self.old.len().min(self.new.len());
        let pairs = self.old.drain(..count).zip(self.new.drain(..count));
        pairs.map(|(old, new)| Both::new(old, new)).collect()
    }

    /// Removes the items that are in both lists.
    pub fn remove_shared(&mut self, same: impl Fn(&T, &T) -> bool)
    where
        T: Clone,
    {
        let all = self.clone();
        let is_in = |list: &[T], item: &T| list.iter().any(|other| same(other, item));
        self.old.retain(|item| !is_in(&all.new, item));
        self.new.retain(|item| !is_in(&all.old, item));
    }

    /// Returns the only item of each list, if both lists have exactly one.
    pub fn sole(&self) -> Option<Both<&T>> {
        match (self.old.as_slice(), self.new.as_slice()) {
            ([old], [new]) => Some(Both::new(old, new)),
            _ => None,
        }
    }

    /// Returns all items, each with the document that has it.
    pub fn into_items(self) -> impl Iterator<Item = (Side, T)> {
        let old = self.old.into_iter().map(|item| (Side::Old, item));
        old.chain(self.new.into_iter().map(|item| (Side::New, item)))
    }
}

impl<'a> Both<Vec<(&'a str, NodeId)>> {
    /// Removes and returns the pairs of entries with the same name.
    pub fn pair_named(&mut self) -> Vec<(&'a str, Both<NodeId>)> {
        let pairs = self.pair_by(|(name, _)| Some(*name)).into_iter();
        pairs
            .map(|pair| (pair.old.0, pair.map(|(_, node)| node)))
            .collect()
    }
}
