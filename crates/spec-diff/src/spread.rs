//! Finds the operations that lead to each comparison of schemas.

use super::schema::{PairId, Pairs};

/// Carries operations and directions from the schemas of messages to all
/// schemas they lead to.
///
/// In reverse postorder each comparison comes before those that it leads to. So one
/// pass is enough, except for recursive schemas, which take a few more.
pub fn spread(pairs: &mut Pairs) {
    let order = settled_first(pairs);
    loop {
        let mut grew = false;
        for id in &order {
            let Some(pair) = pairs.get_mut(*id) else {
                continue;
            };
            let edges = std::mem::take(&mut pair.edges);
            let reach = pair.reach.clone();
            for (to, via) in &edges {
                if let Some(target) = pairs.get_mut(*to) {
                    grew |= target.reach.merge(&reach.through(*via));
                }
            }
            if let Some(pair) = pairs.get_mut(*id) {
                pair.edges = edges;
            }
        }
        if !grew {
            return;
        }
    }
}

/// Returns the comparisons in reverse postorder. It uses a stack of its own,
/// because schemas may be nested deeper than the thread's stack allows.
fn settled_first(pairs: &Pairs) -> Vec<PairId> {
    let mut seen = vec![false; pairs.len()];
    let mut order = Vec::with_capacity(pairs.len());
    for root in pairs.roots() {
        let mut stack = vec![(*root, 0_usize)];
        while let Some((id, next)) = stack.pop() {
            if next == 0 {
                let Some(seen) = seen.get_mut(id.index()) else {
                    continue;
                };
                if std::mem::replace(seen, true) {
                    continue;
                }
            }
            let edge = pairs.get(id).and_then(|pair| pair.edges.get(next));
            if let Some((to, _)) = edge {
                stack.push((id, next.saturating_add(1)));
                stack.push((*to, 0));
            } else {
                order.push(id);
            }
        }
    }
    order.reverse();
    order
}
