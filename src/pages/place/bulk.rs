//! The way from a selection to a bulk job: what names the chosen rows, e-mail addresses and ids, and nothing else of them.
//! Must not make the job.

use leptos::prelude::*;
use roomkey_schema::place::List;
use serde_json::Value;

use super::filters;
use crate::pages::bulk;
use crate::paths;
use crate::stores::list::rows::text_at;
use crate::stores::{BulkStore, PlaceStore, store};
use crate::ui::erase::on;
use crate::ui::view;
use crate::words::t;

/// Where rows of people have their e-mail address.
const E_MAILS: [&str; 2] = ["/email", "/emails/0"];
/// What the column with the addresses is called.
const E_MAIL: &str = "email";

/// Whether rows of a list can be handed over by this person.
pub(super) fn can_take(list: &List) -> bool {
    bulk::may_run() && named_by(list).is_some()
}

/// Whether rows of a list can be chosen at all.
pub(super) fn is_choosable(list: &List) -> bool {
    !list.chosen.is_empty() || can_take(list)
}

fn named_by(list: &List) -> Option<&str> {
    list.bulk.as_deref().or_else(|| list.columns.iter().map(|column| &*column.at).find(|at| E_MAILS.contains(at)))
}

/// The button that hands the chosen rows over and goes to where a job is made.
pub(super) fn button(list: &List, vendor: &str, subjects: Callback<(), Vec<Value>>) -> AnyView {
    let (bulk, place) = (store::<BulkStore>(), store::<PlaceStore>());
    let (vendor, list) = (format!("{vendor}."), list.clone());
    let press = move |_| {
        let (header, rows) = taken(&list, &subjects.run(()));
        bulk.hand_over(&vendor, header, rows);
        place.go(&paths::new_job());
    };
    view! {
        <button type="button" on:click=on(press)>
            {t("list.bulk")}
        </button>
    }
    .into_any()
}

/// Names of the columns, and a row for each that is chosen.
fn taken(list: &List, subjects: &[Value]) -> (Vec<String>, Vec<Vec<String>>) {
    let at = named_by(list).unwrap_or_default();
    let mut columns = vec![(if E_MAILS.contains(&at) { E_MAIL } else { filters::last(at) }, at)];
    if list.key != at {
        columns.push((filters::last(&list.key), &list.key));
    }
    let rows = subjects.iter().map(|subject| columns.iter().map(|(_, at)| text_at(subject, at)).collect());
    (columns.iter().map(|(name, _)| (*name).to_owned()).collect(), rows.collect())
}

#[cfg(test)]
mod tests {
    use roomkey_schema::place::Column;
    use serde_json::json;

    use super::*;

    fn list(key: &str, at: &str) -> List {
        let columns = vec![Column { at: at.into(), ..Column::default() }];
        List { key: key.into(), columns, ..List::default() }
    }

    #[test]
    fn only_addresses_and_ids_of_the_chosen_rows_are_handed_over() {
        let chosen = [json!({"id": "u1", "email": "a@x.example", "name": "Ann"})];
        let (header, rows) = taken(&list("/id", "/email"), &chosen);
        assert_eq!((header, rows), (vec!["email".into(), "id".into()], vec![vec!["a@x.example".into(), "u1".into()]]));
        let (header, rows) = taken(&list("/email", "/email"), &chosen);
        assert_eq!((header, rows), (vec!["email".to_owned()], vec![vec!["a@x.example".to_owned()]]));
        assert_eq!(named_by(&list("/id", "/name")), None);
        let meetings = List { bulk: Some("/sco_id".into()), ..list("/sco_id", "/name") };
        let (header, rows) = taken(&meetings, &[json!({"sco_id": "7", "name": "Ward round"})]);
        assert_eq!((header, rows), (vec!["sco_id".to_owned()], vec![vec!["7".to_owned()]]));
    }
}
