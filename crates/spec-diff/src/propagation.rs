//! Finds the operations that reach each comparison of schemas.

use std::collections::HashSet;

use super::schema::{PairId, Pairs};

/// Propagates operations and directions from the schemas of messages to all schemas
/// inside them.
///
/// In reverse postorder, a comparison precedes the comparisons that it leads to. So one pass
/// is enough unless schemas are recursive. Recursive schemas need a few more passes.
pub fn propagate(pairs: &mut Pairs) {
    let order = reverse_postorder(pairs);
    loop {
        let mut grew = false;
        for id in &order {
            let Some(pair) = pairs.get(*id) else { continue };
            let (edges, reach) = (pair.edges.clone(), pair.reach.clone());
            for (to, filter) in edges {
                if let Some(target) = pairs.get_mut(to) {
                    grew |= target.reach.merge(&reach.filtered(filter));
                }
            }
        }
        if !grew {
            return;
        }
    }
}

/// Returns the comparisons in reverse postorder. The search doesn't recurse, because schemas
/// may be nested deeper than the thread's stack allows.
fn reverse_postorder(pairs: &Pairs) -> Vec<PairId> {
    let mut seen = HashSet::new();
    let mut order = Vec::new();
    for root in pairs.roots() {
        let mut stack = vec![(*root, 0_usize)];
        while let Some((id, next)) = stack.pop() {
            if next == 0 && !seen.insert(id) {
                continue;
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
