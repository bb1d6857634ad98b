//! A place as somebody sees it who may not call everything, or not see and change all of what is called. Must not say who
//! may what: that is data.

use crate::card::{Card, Fact, Part};
use crate::form::{Above, Bound};
use crate::place::{Action, Column, Head, List, Place, Tab};

/// What the reader may do.
pub(crate) struct Caller<'a> {
    /// Call the operation of that id.
    pub(crate) may: &'a dyn Fn(&str) -> bool,
    /// See or change what stands at that pointer of what the operation of that id reads or takes, or something in it.
    pub(crate) reaches: &'a dyn Fn(&str, &str) -> bool,
    /// Open the form of that id.
    pub(crate) form: &'a dyn Fn(&str) -> bool,
    /// Be shown the secret at that pointer of what the operation of that id reads.
    pub(crate) reveals: &'a dyn Fn(&str, &str) -> bool,
}

impl Caller<'_> {
    fn hide(&self, columns: &mut [Column]) {
        for column in columns {
            let reveal = column.reveal.take();
            column.reveal = reveal.filter(|reveal| (self.reveals)(&reveal.read.operation, &reveal.at));
        }
    }

    fn actions(&self, actions: &mut Vec<Action>) {
        actions.retain(|action| self.takes(action));
        for action in actions {
            self.hide(&mut action.result);
            action.before = action.before.take().filter(|list| self.lists(list));
        }
    }

    /// Whether the whole of what an action sends may be sent.
    fn takes(&self, action: &Action) -> bool {
        let call = &action.call.operation;
        let mut members = action.body.keys().chain(action.many.iter().map(|many| &many.at));
        let form = action.form.as_deref().is_none_or(self.form);
        (self.may)(call) && form && members.all(|pointer| (self.reaches)(call, pointer))
    }

    fn lists(&self, list: &List) -> bool {
        (self.may)(&list.read.operation) && (self.reaches)(&list.read.operation, &list.rows)
    }

    fn head(&self, head: Option<Head>) -> Option<Head> {
        let mut head = head.filter(|head| (self.may)(&head.read.operation))?;
        head.facts.retain(|fact| (self.reaches)(&head.read.operation, &fact.at));
        self.hide(&mut head.facts);
        Some(head)
    }

    fn list(&self, list: Option<List>) -> Option<List> {
        let mut list = list.filter(|list| self.lists(list))?;
        self.hide(&mut list.columns);
        self.actions(&mut list.actions);
        self.actions(&mut list.chosen);
        list.filters.retain(|filter| filter.from.as_ref().is_none_or(|from| self.lists(from)));
        Some(list)
    }

    fn card(&self, mut card: Card) -> Option<Card> {
        let first = card.reads.first().map(|part| part.read.operation.clone()).unwrap_or_default();
        card.state.retain(|column| (self.may)(&first) && (self.reaches)(&first, &column.at));
        card.above = card.above.take().filter(|above| self.above(above));
        let above = card.above.as_ref();
        card.reads.retain_mut(|part| self.part(part, above));
        card.rows = self.list(card.rows.take());
        let has_rows = card.rows.is_some();
        card.resets.retain_mut(|reset| {
            let call = &reset.action.call.operation;
            reset.before = reset.before.take().filter(|read| (self.may)(&read.operation));
            (self.may)(call) && (self.reaches)(call, &reset.at) && (has_rows || !reset.for_row)
        });
        let is_empty = card.reads.is_empty() && card.rows.is_none() && card.resets.is_empty();
        (!is_empty).then_some(card)
    }

    fn part(&self, part: &mut Part, above: Option<&Above>) -> bool {
        let read = &part.read.operation;
        part.facts.retain(|fact| (self.reaches)(read, &fact.column.at) && (!fact.groups || above.is_some()));
        for Fact { column, bound, .. } in &mut part.facts {
            self.hide(std::slice::from_mut(column));
            *bound = bound.take().filter(|bound| above.is_some_and(|above| self.binds(above, bound)));
        }
        (self.may)(read) && !part.facts.is_empty()
    }

    /// Whether the groups can be read by name.
    fn above(&self, above: &Above) -> bool {
        let calls = [(&above.object, &above.ids), (&above.group, &above.name)];
        calls.into_iter().all(|(call, at)| (self.may)(&call.operation) && (self.reaches)(&call.operation, at))
    }

    fn binds(&self, above: &Above, bound: &Bound) -> bool {
        let locks = above.locks.get(bound.source).map(|locks| &locks.read.operation);
        locks.is_some_and(|read| (self.may)(read) && (self.reaches)(read, &bound.pointer))
    }
}

impl Place {
    /// The same place as somebody sees it who may not call everything; none when nothing is left of it.
    pub(crate) fn for_caller(mut self, caller: &Caller<'_>) -> Option<Self> {
        self.head = caller.head(self.head);
        self.sides = self.sides.filter(|sides| caller.lists(&sides.list));
        caller.actions(&mut self.actions);
        for tab in &mut self.tabs {
            tab.form = tab.form.take().filter(|id| (caller.form)(id));
            tab.list = caller.list(tab.list.take());
            tab.summary = caller.head(tab.summary.take());
            caller.actions(&mut tab.actions);
        }
        self.card = self.card.and_then(|card| caller.card(card));
        let resets = self.card.as_ref().map_or(&[][..], |card| &card.resets);
        let has_reset = |tab: &Tab| !tab.id.is_empty() && resets.iter().any(|reset| reset.tab == tab.id);
        let has_any = |tab: &Tab| tab.form.is_some() || tab.list.is_some() || !tab.actions.is_empty() || has_reset(tab);
        self.tabs.retain(has_any);
        (!self.tabs.is_empty()).then_some(self)
    }
}
