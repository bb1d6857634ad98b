//! What somebody looks for. Pure.

use roomkey_schema::scope::Unit;

use super::fold;

/// Longer texts are cut: nobody types them.
const LONGEST: usize = 200;
/// More words say no more.
const MOST_WORDS: usize = 12;

/// What somebody looks for, and how far they reach.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// All of it, folded.
    pub whole: String,
    /// All of it, as ids are compared.
    pub handle: String,
    /// Each word has to be there.
    pub words: Vec<String>,
    /// How many hits there may be.
    pub limit: u32,
    /// Only people who are in one of these; everybody when there are none.
    pub units: Vec<Unit>,
}

impl Query {
    /// For what somebody typed.
    pub fn new(text: &str, limit: u32, units: &[Unit]) -> Self {
        let text: String = text.trim().chars().take(LONGEST).collect();
        let mut words = fold::wanted(&text);
        words.truncate(MOST_WORDS);
        let whole = fold::fold(&text);
        Self { whole, handle: fold::handle(&text), words, limit, units: units.to_vec() }
    }
}
