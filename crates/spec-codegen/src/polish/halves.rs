//! Splits each operation where it meets the network.
//!
//! `request()` builds and checks the request, `send()` sends it. Who has a
//! policy for sending, such as a retry, builds once and sends as often as the
//! policy says.

use quote::ToTokens;
use syn::{
    Expr, ExprMethodCall, File, ImplItem, ImplItemFn, Item, Stmt, Type, parse_quote,
    visit::Visit as _,
};

use super::{Calls, arguments, module};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "operations in two halves",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let operations = module(&mut file.items, "builder");
    operations
        .into_iter()
        .flatten()
        .filter_map(|item| match item {
            Item::Impl(item) => split(&mut item.items),
            _ => None,
        })
        .count()
}

fn split(items: &mut Vec<ImplItem>) -> Option<()> {
    let at = items
        .iter()
        .position(|item| matches!(item, ImplItem::Fn(method) if method.sig.ident == "send"))?;
    let ImplItem::Fn(send) = &mut items[at] else {
        return None;
    };
    let request = request(send)?;
    items.insert(at, ImplItem::Fn(request));
    Some(())
}

/// Moves what comes before `let info` out of `send`.
fn request(send: &mut ImplItemFn) -> Option<ImplItemFn> {
    let statements = &mut send.block.stmts;
    let sending = statements
        .iter()
        .position(|statement| declares(statement, "info"))?;
    let client = statements.iter().find_map(hooked)?;
    let mut building: Vec<Stmt> = statements.drain(..sending).collect();
    statements.splice(
        0..0,
        [
            parse_quote!(let #client = self.#client;),
            parse_quote!(
                #[allow(unused_mut)]
                let mut request = self.request()?;
            ),
        ],
    );
    let error = error_type(send)?;
    for statement in &mut building {
        if let Stmt::Local(local) = statement
            && declares_mut(local, "request")
        {
            *local = immutable(local);
        }
    }
    Some(parse_quote! {
        /// Builds the request without sending it.
        ///
        /// # Errors
        ///
        /// When a parameter or the body is missing or cannot be converted.
        pub fn request(self) -> Result<reqwest::Request, #error> {
            #(#building)*
            Ok(request)
        }
    })
}

/// The client in `client.pre(…)`. A parameter of that name makes it `_client`.
fn hooked(statement: &Stmt) -> Option<syn::Ident> {
    let mut client = None;
    let mut see = |call: &ExprMethodCall| {
        if let (true, Expr::Path(receiver)) = (call.method == "pre", &*call.receiver) {
            client = receiver.path.get_ident().cloned();
        }
    };
    Calls(&mut see).visit_stmt(statement);
    client
}

fn declares(statement: &Stmt, name: &str) -> bool {
    matches!(statement, Stmt::Local(local) if local.pat.to_token_stream().to_string() == name)
}

fn declares_mut(local: &syn::Local, name: &str) -> bool {
    local.pat.to_token_stream().to_string() == format!("mut {name}")
}

fn immutable(local: &syn::Local) -> syn::Local {
    let value = local.init.as_ref().map(|init| &init.expr);
    let statement: Stmt = parse_quote!(let request = #value;);
    match statement {
        Stmt::Local(local) => local,
        _ => local.clone(),
    }
}

/// The second argument of `Result<T, E>`.
fn error_type(send: &ImplItemFn) -> Option<Type> {
    let syn::ReturnType::Type(_, output) = &send.sig.output else {
        return None;
    };
    arguments(output).last().copied().cloned()
}
