//! Drops the `api-version` header.
//!
//! The generator adds it to every request with the document's own version,
//! which is nothing that the service knows.

use quote::ToTokens;
use syn::{
    Expr, ExprMethodCall, File, ImplItemFn, Pat, Stmt,
    visit_mut::{self, VisitMut},
};

use super::calls;
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "no api-version header",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let mut methods = Methods(0);
    methods.visit_file_mut(file);
    methods.0
}

struct Methods(usize);

impl VisitMut for Methods {
    fn visit_impl_item_fn_mut(&mut self, method: &mut ImplItemFn) {
        let before = method.block.stmts.len();
        method
            .block
            .stmts
            .retain(|statement| !is_append_of(statement, "\"api-version\""));
        if method.block.stmts.len() == before {
            return;
        }
        self.0 += 1;
        // Without another header, the empty map goes too.
        if !method
            .block
            .stmts
            .iter()
            .any(|statement| calls(statement, "append"))
        {
            method.block.stmts.retain(|statement| match statement {
                Stmt::Local(local) => {
                    !matches!(&local.pat, Pat::Ident(pat) if pat.ident == "header_map")
                }
                _ => true,
            });
            Headers.visit_block_mut(&mut method.block);
        }
    }
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
struct Headers;

impl VisitMut for Headers {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::MethodCall(ExprMethodCall {
            method, receiver, ..
        }) = expr
            && method == "headers"
        {
            *expr = (**receiver).clone();
        }
    }
}
