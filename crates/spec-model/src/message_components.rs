//! Finds the component schemas that requests and responses contain.

use std::collections::{BTreeMap, BTreeSet};

use crate::sites::{Root, Site};

/// The component schemas that requests and responses contain.
#[derive(Debug, Default)]
pub struct MessageComponents {
    /// The components that requests contain.
    pub requests: BTreeSet<String>,
    /// The components that successful responses contain.
    pub responses: BTreeSet<String>,
}

impl MessageComponents {
    /// Finds the components from the schemas of a document.
    pub fn of(sites: &[Site]) -> Self {
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut requests = Vec::new();
        let mut responses = Vec::new();
        for site in sites {
            let Some(target) = site.target.as_deref() else {
                continue;
            };
            match &site.root {
                Root::Component(name) => {
                    edges.entry(name.as_ref()).or_default().insert(target);
                }
                Root::Request => requests.push(target),
                Root::Response => responses.push(target),
                Root::ErrorResponse => {}
            }
        }
        let [requests, responses] = [requests, responses].map(|start| {
            let reached = reachable(start, |name| edges.get(name).into_iter().flatten().copied());
            reached.into_iter().map(str::to_owned).collect()
        });
        Self {
            requests,
            responses,
        }
    }

    /// Whether requests contain the schemas under a root.
    pub fn are_sent(&self, root: &Root) -> bool {
        match root {
            Root::Component(name) => self.requests.contains(&**name),
            Root::Request => true,
            Root::Response | Root::ErrorResponse => false,
        }
    }

    /// Whether successful responses contain the schemas under a root.
    pub fn are_received(&self, root: &Root) -> bool {
        match root {
            Root::Component(name) => self.responses.contains(&**name),
            Root::Response => true,
            Root::Request | Root::ErrorResponse => false,
        }
    }
}

/// Returns the elements of `start` and all elements that can be reached from them. `next`
/// returns the direct successors of an element.
pub fn reachable<T: Ord + Clone, I: IntoIterator<Item = T>>(
    start: impl IntoIterator<Item = T>,
    next: impl Fn(&T) -> I,
) -> BTreeSet<T> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<T> = start.into_iter().collect();
    while let Some(one) = open.pop() {
        if reached.insert(one.clone()) {
            open.extend(next(&one));
        }
    }
    reached
}
