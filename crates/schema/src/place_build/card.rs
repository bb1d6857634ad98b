//! Builds cards: facts with the locks that bind them, rows, and what can be reset. Knows no vendor by name.

use super::data::{
    CardDefinition, FactDefinition, PartDefinition, PlaceDefinition, ResetDefinition, ResetWords, TitleWords,
};
use super::{Builder, column_of, or_name};
use crate::card::{Card, Fact, Part, Reset};
use crate::data::DataFault;
use crate::form::{Above, Bound, Call, Form};
use crate::node::Shape;
use crate::place::{Action, ColumnKind, Reveal};

/// What binds the facts of a card: whose locks, and the form whose rows have them.
struct Locks<'a> {
    above: Above,
    form: &'a Form,
    /// Which of the form's calls for locks are kept.
    kept: Vec<usize>,
}

impl Locks<'_> {
    /// Where the lock of a row stands, in what is kept.
    fn bound(&mut self, row: &str) -> Option<Bound> {
        let (_, row) = self.form.rows().find(|(_, known)| known.id == row)?;
        let bound = row.bound.as_ref()?;
        let source = self.kept.iter().position(|known| *known == bound.source).unwrap_or_else(|| {
            self.kept.push(bound.source);
            self.kept.len() - 1
        });
        Some(Bound { source, pointer: bound.pointer.clone() })
    }
}

impl Builder<'_> {
    pub(super) fn card(&mut self, place: &PlaceDefinition, card: &CardDefinition) -> Result<Card, DataFault> {
        let rows = card.rows.as_ref().map(|list| self.list(&format!("{}/card", place.id), &place.path, list));
        let rows = rows.transpose()?;
        let words = self.words.cards.get(&place.id).cloned().unwrap_or_default();
        let forms = self.forms;
        let mut locks = match &card.locks {
            None => None,
            Some(id) => {
                let form = forms.iter().find(|form| form.id == *id);
                let above = form.and_then(|form| Some((form.above.clone()?, form)));
                let (above, form) =
                    above.ok_or_else(|| self.fault(&place.id, format!("{id} has no groups above it")))?;
                Some(Locks { above, form, kept: Vec::new() })
            }
        };
        let part = |part: &PartDefinition| self.part(part, &words, &mut locks);
        let reads = card.reads.iter().map(part).collect::<Result<Vec<_>, _>>()?;
        let above = locks.map(|Locks { above, kept, .. }| {
            let all = above.locks;
            Above { locks: kept.iter().filter_map(|at| all.get(*at).cloned()).collect(), ..above }
        });
        Ok(Card {
            title: or_name(&words.title, &place.id),
            state: self.columns(&card.state, &words.facts, None)?,
            reads,
            above,
            rows,
            resets: card.resets.iter().map(|reset| self.reset(reset)).collect::<Result<_, _>>()?,
        })
    }

    fn part(
        &self,
        part: &PartDefinition,
        words: &TitleWords,
        locks: &mut Option<Locks<'_>>,
    ) -> Result<Part, DataFault> {
        let mut read = self.call(&part.read)?;
        read.path = read.path.with_query(part.with.iter().map(|(name, param)| (name.clone(), param.clone())));
        let mut facts = Vec::new();
        for fact in &part.facts {
            facts.push(self.fact(fact, words, &read, locks)?);
        }
        Ok(Part { read, query: part.query.clone(), facts })
    }

    fn fact(
        &self,
        fact: &FactDefinition,
        words: &TitleWords,
        read: &Call,
        locks: &mut Option<Locks<'_>>,
    ) -> Result<Fact, DataFault> {
        let bound = match &fact.lock {
            None => None,
            Some(row) => {
                let bound = locks.as_mut().and_then(|locks| locks.bound(row));
                Some(bound.ok_or_else(|| self.fault("/places", format!("no lock binds a row {row}")))?)
            }
        };
        let mut column = column_of(&fact.at, fact.kind, &words.facts);
        // What a face of the vendor does not show, it cannot reveal.
        if fact.kind == ColumnKind::Secret && self.operation(&read.operation)?.has_secret(&fact.at) {
            column.reveal = Some(Reveal { read: read.clone(), params: litemap::LiteMap::new(), at: fact.at.clone() });
        }
        Ok(Fact { column, when: fact.when.clone(), bound, groups: fact.groups })
    }

    fn reset(&self, reset: &ResetDefinition) -> Result<Reset, DataFault> {
        let operation = self.operation(&reset.operation)?;
        let wordless = ResetWords::default();
        let words = self.words.resets.get(&reset.id).unwrap_or(&wordless);
        let option = reset.params.get("option").and_then(|value| value.strip_prefix('='));
        let body = operation.variant(option).and_then(|variant| variant.request.as_ref());
        let node = body.and_then(|body| body.at(&reset.at));
        let node =
            node.ok_or_else(|| self.fault("/places", format!("{} takes nothing at {}", reset.operation, reset.at)))?;
        if !matches!(node.shape, Shape::Text { pin: Some(_), .. }) {
            return Err(
                self.fault("/places", format!("{} has no rule for a new value at {}", reset.operation, reset.at))
            );
        }
        let read = operation.read_back.as_ref().filter(|_| operation.whole);
        Ok(Reset {
            id: reset.id.clone(),
            action: Action {
                call: Call::to(operation),
                label: or_name(&words.label, &reset.id),
                title: or_name(&words.title, &reset.id),
                params: reset.params.clone(),
                when: reset.when.clone(),
                ..Action::default()
            },
            at: reset.at.clone(),
            label: or_name(&words.value, &reset.at),
            help: words.help.clone(),
            rule: node.clone().into(),
            before: read.map(|read| self.call(read)).transpose()?,
            tab: reset.tab.clone(),
            for_row: reset.for_row,
        })
    }
}
