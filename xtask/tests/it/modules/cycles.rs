//! Finds cycles among modules.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use spec_model::reachable;

use super::source::Edge;

/// Child modules of one parent that name each other in a cycle.
pub struct Cycle {
    /// The parent module.
    pub holder: String,
    /// The names of the child modules, sorted.
    pub names: Vec<String>,
    /// The references that form the cycle.
    edges: Vec<Edge>,
}

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names.join(", ");
        write!(f, "in `{}`, these form a cycle: {names}", self.holder)?;
        for edge in &self.edges {
            write!(f, "\n  {} names `{}`", edge.file, edge.path)?;
        }
        Ok(())
    }
}

/// Returns the cycles that edges form.
pub fn cycles(edges: &[Edge]) -> Vec<Cycle> {
    let mut graphs: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for edge in edges {
        let graph = graphs.entry(&edge.holder).or_default();
        graph.entry(&edge.from).or_default().insert(&edge.to);
    }
    let mut cycles = Vec::new();
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
                cycles.push(Cycle {
                    holder: holder.to_owned(),
                    names: names.iter().map(|name| (*name).to_owned()).collect(),
                    edges: edges.iter().filter(is_in).cloned().collect(),
                });
            }
        }
    }
    cycles
}

fn reached<'a>(from: &'a str, graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    reachable([from], |name| {
        graph.get(name).into_iter().flatten().copied()
    })
}
