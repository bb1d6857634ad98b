//! Lists as every listing action of Connect has them: filters, an order and a part of the rows, all from parameters.
//! Must not know what the rows are: it looks into the elements that will be written.

use super::call::{Call, Parameters};
use super::errors::{ConnectError, Subcode};
use super::xml::Element;

/// One name with all the values that would do. Names and values count by the letter.
struct Filter<'a> {
    field: &'a str,
    /// Whether a part of the text is enough.
    like: bool,
    values: Vec<&'a str>,
}

impl Filter<'_> {
    fn fits(&self, row: &Element<'_>) -> bool {
        let text = row.find(self.field);
        text.is_some_and(|text| {
            self.values.iter().any(|value| if self.like { text.contains(value) } else { text == *value })
        })
    }
}

#[derive(Default)]
struct Wish<'a> {
    filters: Vec<Filter<'a>>,
    /// The field, and whether the last comes first.
    order: Option<(&'a str, bool)>,
    start: usize,
    rows: Option<usize>,
}

/// The rows that are asked for. `fields` are those that filters and orders may name; without a number of rows, more
/// than `most` are too much.
pub(super) fn select<'r>(
    call: &Call<'_>,
    rows: impl Iterator<Item = Element<'r>>,
    fields: &[&str],
    most: Option<usize>,
) -> Result<Vec<Element<'r>>, ConnectError> {
    let wish = Wish::read(call.parameters, fields)?;
    let fitting = rows.filter(|row| wish.filters.iter().all(|filter| filter.fits(row)));
    let size = wish.rows.unwrap_or(usize::MAX);
    let Some((field, last_first)) = wish.order else {
        return within(fitting.skip(wish.start).take(size).collect(), &wish, most);
    };
    let mut sorted: Vec<Element<'r>> = fitting.collect();
    sorted.sort_by(|one, other| {
        let order = key(one, field).cmp(&key(other, field));
        if last_first { order.reverse() } else { order }
    });
    within(sorted.into_iter().skip(wish.start).take(size).collect(), &wish, most)
}

fn within<'r>(rows: Vec<Element<'r>>, wish: &Wish<'_>, most: Option<usize>) -> Result<Vec<Element<'r>>, ConnectError> {
    let too_much = wish.rows.is_none() && most.is_some_and(|most| rows.len() > most);
    if too_much { Err(ConnectError::TooMuchData) } else { Ok(rows) }
}

/// Numbers count as numbers, and come before texts.
fn key<'e>(row: &'e Element<'_>, field: &str) -> (bool, u64, &'e str) {
    let text = row.find(field).unwrap_or_default();
    text.parse().map_or((true, 0, text), |number| (false, number, text))
}

impl<'a> Wish<'a> {
    fn read(parameters: &'a Parameters, fields: &[&str]) -> Result<Self, ConnectError> {
        let mut wish = Self::default();
        for (name, value) in parameters.iter() {
            match (name, name.strip_prefix("filter-"), name.strip_prefix("sort-")) {
                ("filter-start", ..) => wish.start = number(name, value)?,
                ("filter-rows", ..) => {
                    let rows = number(name, value)?;
                    if rows == 0 {
                        return Err(ConnectError::invalid(name, "long", Subcode::Range));
                    }
                    wish.rows = Some(rows);
                }
                (_, Some(rest), _) => {
                    let part = rest.strip_prefix("like-");
                    wish.add(known(name, part.unwrap_or(rest), fields)?, part.is_some(), value);
                }
                (_, _, Some(field)) => {
                    let last_first = match value {
                        "asc" => false,
                        "desc" => true,
                        _ => return Err(ConnectError::invalid(name, "string", Subcode::Format)),
                    };
                    wish.order = Some((known(name, field, fields)?, last_first));
                }
                _ => {}
            }
        }
        Ok(wish)
    }

    /// The same filter again is another value that would do.
    fn add(&mut self, field: &'a str, like: bool, value: &'a str) {
        match self.filters.iter_mut().find(|filter| filter.field == field && filter.like == like) {
            Some(filter) => filter.values.push(value),
            None => self.filters.push(Filter { field, like, values: vec![value] }),
        }
    }
}

fn known<'a>(name: &str, field: &'a str, fields: &[&str]) -> Result<&'a str, ConnectError> {
    let found = fields.contains(&field).then_some(field);
    found.ok_or_else(|| ConnectError::invalid(name, "string", Subcode::NoSuchItem))
}

fn number(name: &str, value: &str) -> Result<usize, ConnectError> {
    value.parse().map_err(|_| ConnectError::invalid(name, "long", Subcode::Format))
}
