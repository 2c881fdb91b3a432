//! Drops the `api-version` header.
//!
//! The generator adds it to every request with the document's own version,
//! which is nothing that the service knows.

use quote::ToTokens;
use syn::{Expr, File, ImplItem, ImplItemFn, Item, Pat, Stmt, visit_mut::VisitMut as _};

use super::{Expressions, calls, module};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "no api-version header",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let operations = module(&mut file.items, "builder");
    let mut dropped = 0;
    for item in operations.into_iter().flatten() {
        let Item::Impl(item) = item else { continue };
        for item in &mut item.items {
            if let ImplItem::Fn(method) = item {
                dropped += usize::from(drop_header(method));
            }
        }
    }
    dropped
}

fn drop_header(method: &mut ImplItemFn) -> bool {
    let statements = &mut method.block.stmts;
    let before = statements.len();
    statements.retain(|statement| !is_append_of(statement, "\"api-version\""));
    if statements.len() == before {
        return false;
    }
    // Without another header, the empty map goes too.
    if !statements
        .iter()
        .any(|statement| calls(statement, "append"))
    {
        statements.retain(|statement| match statement {
            Stmt::Local(local) => {
                !matches!(&local.pat, Pat::Ident(pat) if pat.ident == "header_map")
            }
            _ => true,
        });
        Expressions(&mut without_headers).visit_block_mut(&mut method.block);
    }
    true
}

fn is_append_of(statement: &Stmt, header: &str) -> bool {
    matches!(statement, Stmt::Expr(Expr::MethodCall(call), _) if call.method == "append")
        && mentions(statement, header)
}

fn mentions(statement: &Stmt, token: &str) -> bool {
    statement
        .to_token_stream()
        .to_string()
        .split(|c: char| c.is_whitespace() || "(),.".contains(c))
        .any(|word| word == token)
}

/// Takes `.headers(header_map)` out of a chain of calls.
fn without_headers(expr: &mut Expr) {
    if let Expr::MethodCall(call) = expr
        && call.method == "headers"
    {
        *expr = (*call.receiver).clone();
    }
}
