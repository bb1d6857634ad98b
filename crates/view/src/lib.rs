//! The console's `view!`: the same markup as Leptos', written down as calls of one type of element (`crate::ui::html`)
//! instead of a type for each element, attribute and value (docs/decisions/012). Components stay Leptos' own. Must not
//! know an element, an attribute or a component by name.

mod write;

use proc_macro::TokenStream;

/// Markup as Leptos' `view!` takes it: elements with attributes, `prop:` and `on:`, blocks, texts and components.
#[proc_macro]
pub fn view(markup: TokenStream) -> TokenStream {
    match rstml::parse2(markup.into()) {
        Ok(nodes) => write::nodes(&nodes).unwrap_or_else(|error| error.to_compile_error()).into(),
        Err(error) => error.to_compile_error().into(),
    }
}
