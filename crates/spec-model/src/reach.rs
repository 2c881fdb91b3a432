//! Finds the components that messages are made of.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::sites::{Root, Site, look_at_each};

/// The component schemas that requests and responses lead to.
#[derive(Debug, Default)]
pub struct Reach {
    /// The components that requests lead to.
    pub requests: BTreeSet<String>,
    /// The components that successful responses lead to.
    pub responses: BTreeSet<String>,
}

impl Reach {
    /// Follows the references of a document's schemas.
    pub fn of(sites: &[Site]) -> Self {
        let references = sites.iter();
        Self::along(references.filter_map(|site| Some((&site.root, site.target.as_deref()?))))
    }

    /// Follows the references of a document, like [`Reach::of`], without
    /// listing all schemas.
    pub fn within(document: &mut Value) -> Self {
        let mut references = Vec::new();
        look_at_each(document, &mut |place, target| {
            references.extend(target.map(|target| (place.root.clone(), target.to_owned())));
        });
        let references = references.iter();
        Self::along(references.map(|(root, target)| (root, target.as_str())))
    }

    fn along<'a>(references: impl Iterator<Item = (&'a Root, &'a str)>) -> Self {
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut requests = Vec::new();
        let mut responses = Vec::new();
        for (root, target) in references {
            match root {
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
}

/// Returns everything that a start leads to, with the start itself. `next` says
/// what one leads to.
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
