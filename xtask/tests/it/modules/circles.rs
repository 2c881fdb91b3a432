//! Finds circles among modules.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::source::Edge;

/// Modules of one parent module that name each other in a circle.
pub struct Circle {
    /// The parent module.
    pub holder: String,
    /// Their names, sorted.
    pub names: Vec<String>,
    /// The references that form the circle.
    edges: Vec<Edge>,
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names.join(", ");
        write!(f, "in `{}`, these form a circle: {names}", self.holder)?;
        for edge in &self.edges {
            write!(f, "\n  {} names `{}`", edge.file, edge.path)?;
        }
        Ok(())
    }
}

/// Returns the circles that edges form.
pub fn circles(edges: &[Edge]) -> Vec<Circle> {
    let mut graphs: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for edge in edges {
        let graph = graphs.entry(&edge.holder).or_default();
        graph.entry(&edge.from).or_default().insert(&edge.to);
    }
    let mut circles = Vec::new();
    for (holder, graph) in graphs {
        let mut seen = BTreeSet::new();
        for name in graph.keys() {
            // The modules that this one leads to and that lead back to it.
            let there = reached(name, &graph);
            let names: BTreeSet<_> = there
                .iter()
                .filter(|other| reached(other, &graph).contains(name))
                .copied()
                .collect();
            if names.len() > 1 && seen.insert(names.clone()) {
                let is_in = |edge: &&Edge| {
                    edge.holder == holder
                        && names.contains(edge.from.as_str())
                        && names.contains(edge.to.as_str())
                };
                circles.push(Circle {
                    holder: holder.to_owned(),
                    names: names.iter().map(|name| (*name).to_owned()).collect(),
                    edges: edges.iter().filter(is_in).cloned().collect(),
                });
            }
        }
    }
    circles
}

fn reached<'a>(from: &str, graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        for next in graph.get(name).into_iter().flatten() {
            if reached.insert(*next) {
                open.push(next);
            }
        }
    }
    reached
}
