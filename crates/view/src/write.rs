//! Writes nodes of markup down as Rust: what never changes as one text, whose signs `src/ui/html/program.rs` reads, and
//! what is in braces as values beside it. Must not look inside what stands in braces: that is passed on as it is.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use rstml::Infallible;
use rstml::node::{Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::spanned::Spanned;
use syn::{Block, Error, Expr, ExprLit, Ident, Lit, Result, Stmt};

/// Begins an element: its name follows.
const OPEN: char = '\u{1}';
/// An attribute that never changes: its name, then [`IS`], then the value.
const ATTRIBUTE: char = '\u{2}';
const IS: char = '\u{3}';
/// An attribute, a property, a listener, a child from the next value.
const VALUE: char = '\u{4}';
const PROPERTY: char = '\u{5}';
const LISTENER: char = '\u{6}';
const CHILD: char = '\u{7}';
/// Text that never changes follows.
const TEXT: char = '\u{8}';
/// Ends an element.
const CLOSE: char = '\u{b}';

/// Events for which Leptos has no type of its own.
const UNTYPED: &[&str] = &["cancel"];

/// One node as itself, several beside each other.
pub(crate) fn nodes(nodes: &[Node]) -> Result<TokenStream> {
    if let [only] = nodes {
        return view(only);
    }
    let views = nodes.iter().map(view).collect::<Result<Vec<_>>>()?;
    Ok(quote! { crate::ui::html::several(::std::vec![#(crate::ui::html::view(#views)),*]) })
}

/// A node that stands by itself.
fn view(node: &Node) -> Result<TokenStream> {
    match node {
        Node::Element(found) if !is_component(found.name()) => {
            let mut program = Program::default();
            program.element(found)?;
            Ok(program.finish())
        }
        other => value(other),
    }
}

/// What a node that is no element puts between its neighbours.
fn value(node: &Node) -> Result<TokenStream> {
    match node {
        Node::Element(found) => component(found),
        Node::Block(block) => Ok(block_of(block)),
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote! { #text })
        }
        other => Err(Error::new(other.span(), "view! takes elements, components, blocks and texts in quotes")),
    }
}

/// Markup as it is written down.
#[derive(Default)]
struct Program {
    text: String,
    values: Vec<TokenStream>,
}

impl Program {
    fn finish(self) -> TokenStream {
        let (text, calls) = (self.text, self.values);
        // Not the name of a variable that stands in the markup.
        let values = Ident::new("values", Span::mixed_site());
        let changes = (!calls.is_empty()).then(|| quote! { mut });
        quote! {{
            let #changes #values = crate::ui::html::Values::new();
            #(#values #calls;)*
            #values.into_html(#text)
        }}
    }

    fn element(&mut self, found: &NodeElement<Infallible>) -> Result<()> {
        // `use` is a word of Rust's.
        let name = found.name().to_string();
        self.sign(OPEN, name.trim_end_matches('_'));
        for attribute in found.attributes() {
            self.attribute(attribute)?;
        }
        for child in &found.children {
            match child {
                Node::Element(found) if !is_component(found.name()) => self.element(found)?,
                Node::Text(text) => self.sign(TEXT, &text.value.value()),
                other => {
                    let child = value(other)?;
                    self.sign(CHILD, "");
                    self.values.push(quote! { .child(#child) });
                }
            }
        }
        self.sign(CLOSE, "");
        Ok(())
    }

    fn attribute(&mut self, attribute: &NodeAttribute) -> Result<()> {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new(attribute.span(), "view! takes attributes with a name"));
        };
        let name = attribute.key.to_string().replace(' ', "");
        let span = attribute.key.span();
        let value = attribute.value();
        match (name.split_once(':'), value) {
            (None, None) => self.fixed(&name, ""),
            (None, Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. }))) => self.fixed(&name, &text.value()),
            (None, Some(value)) => {
                self.sign(VALUE, &name);
                self.values.push(quote_spanned! {span=> .attribute(#value) });
            }
            (Some(("prop", name)), Some(value)) => {
                self.sign(PROPERTY, name);
                self.values.push(quote_spanned! {span=> .property(#value) });
            }
            (Some(("on", name)), Some(value)) => {
                let event = event(name, span);
                self.sign(LISTENER, "");
                self.values.push(quote_spanned! {span=> .listener(#event, #value) });
            }
            _ => return Err(Error::new(span, "view! takes `name=`, `prop:name=` and `on:event=`")),
        }
        Ok(())
    }

    fn fixed(&mut self, name: &str, value: &str) {
        self.sign(ATTRIBUTE, name);
        self.sign(IS, value);
    }

    fn sign(&mut self, sign: char, text: &str) {
        self.text.push(sign);
        self.text.extend(text.chars().filter(|c| *c > CLOSE));
    }
}

fn event(name: &str, span: Span) -> TokenStream {
    if UNTYPED.contains(&name) {
        return quote_spanned! {span=> ::leptos::ev::Custom::<::leptos::ev::Event>::new(#name) };
    }
    let event = Ident::new(name, span);
    quote_spanned! {span=> ::leptos::ev::#event }
}

/// What stands in braces; the braces themselves only where they hold more than a value.
fn block_of(block: &NodeBlock) -> TokenStream {
    if let NodeBlock::ValidBlock(Block { stmts, .. }) = block
        && let [Stmt::Expr(value, None)] = stmts.as_slice()
    {
        return quote! { #value };
    }
    quote! { #block }
}

/// A component as Leptos makes it; what is inside it is ours again.
fn component(found: &NodeElement<Infallible>) -> Result<TokenStream> {
    let name = found.name();
    let properties = found.attributes().iter().map(property).collect::<Result<Vec<_>>>()?;
    let children = if found.children.is_empty() {
        None
    } else {
        let inside = nodes(&found.children)?;
        Some(quote! { .children(::leptos::children::ToChildren::to_children(move || #inside)) })
    };
    Ok(quote! {
        ::leptos::component::component_view(
            &#name,
            ::leptos::component::component_props_builder(&#name) #(#properties)* #children .build(),
        )
    })
}

/// A property of a component; without a value it is the variable of its name.
fn property(attribute: &NodeAttribute) -> Result<TokenStream> {
    match attribute {
        NodeAttribute::Attribute(attribute) => {
            let name = &attribute.key;
            let value = attribute.value().map_or_else(|| quote! { #name }, |value| quote! { #value });
            Ok(quote_spanned! {name.span()=> .#name(#value) })
        }
        NodeAttribute::Block(block) => Err(Error::new(block.span(), "view! takes properties with a name")),
    }
}

/// Components begin with a capital letter, wherever they are.
fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else { return false };
    let last = path.path.segments.last().map(|segment| segment.ident.to_string());
    last.is_some_and(|last| last.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What markup is written down as, without spaces.
    fn written(markup: TokenStream) -> String {
        let nodes_of = rstml::parse2(markup).unwrap_or_default();
        nodes(&nodes_of).map_or_else(|error| error.to_string(), |rust| rust.to_string().replace(' ', ""))
    }

    #[test]
    fn what_never_changes_is_one_text() {
        let rust = written(quote! { <p class="quiet"><b>"Waiting"</b></p> });
        let program = r#""\u{1}p\u{2}class\u{3}quiet\u{1}b\u{8}Waiting\u{b}\u{b}""#;
        assert_eq!(rust, format!("{{letvalues=crate::ui::html::Values::new();values.into_html({program})}}"));
    }

    #[test]
    fn what_rust_makes_stands_beside_it_in_order() {
        let rust = written(quote! { <input id=id prop:value=live on:input=on(act) /> });
        assert!(rust.contains(r#"into_html("\u{1}input\u{4}id\u{5}value\u{6}\u{b}")"#), "{rust}");
        let calls = "values.attribute(id);values.property(live);values.listener(::leptos::ev::input,on(act));";
        assert!(rust.contains(calls), "{rust}");
    }

    #[test]
    fn an_element_inside_another_is_part_of_the_same_text() {
        let rust = written(quote! { <a href=to>{icon(Icon::Key)} <span>{name}</span></a> });
        assert!(rust.contains(r#"into_html("\u{1}a\u{4}href\u{7}\u{1}span\u{7}\u{b}\u{b}")"#), "{rust}");
        assert!(rust.contains("values.attribute(to);values.child(icon(Icon::Key));values.child(name);"), "{rust}");
    }

    #[test]
    fn a_component_is_made_by_leptos() {
        let rust = written(quote! { <pages::Dialog open title=t("title")><p>{text}</p></pages::Dialog> });
        let made = "::leptos::component::component_view(&pages::Dialog,\
                    ::leptos::component::component_props_builder(&pages::Dialog).open(open).title(t(\"title\"))\
                    .children(::leptos::children::ToChildren::to_children(move||{";
        assert!(rust.starts_with(made), "{rust}");
    }

    #[test]
    fn what_nobody_knows_is_an_error() {
        assert_eq!(written(quote! { <p bind:value=x></p> }), "view! takes `name=`, `prop:name=` and `on:event=`");
        assert_eq!(written(quote! { <p {..all}></p> }), "view! takes attributes with a name");
    }
}
