//! Reads bulk jobs: what can be done to many rows, a table that was read, jobs and their rows. Must not read what only the
//! proxy is sent.

use serde_json::Value;

use super::{Members, Read, text};
use crate::job::{Counts, Estimate, Job, JobField, JobKind, JobRow, JobRows, JobState, RowState, Table};

impl<T: Read> Read for Vec<T> {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Array(items) => items.into_iter().map(T::read).collect(),
            _ => None,
        }
    }
}

impl Read for JobKind {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            vendor: of.text("vendor")?,
            title: of.text("title")?,
            help: of.text("help")?,
            subject: of.one("subject")?,
            fields: of.list("fields", JobField::read)?,
            generate: of.text("generate"),
            options: of.list("options", JobField::read)?,
        })
    }
}

impl Read for JobField {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            key: of.text("key")?,
            label: of.text("label")?,
            help: of.text_or_empty("help"),
            secret: of.flag("secret"),
            names: of.texts("names")?,
        })
    }
}

impl Read for Table {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            name: of.text("name")?,
            format: of.text("format")?,
            encoding: of.text_or_empty("encoding"),
            separator: of.text_or_empty("separator"),
            sheet: of.text_or_empty("sheet"),
            sheets: of.texts("sheets")?,
            header: of.flag("header"),
            rows: of.number("rows")?,
            columns: usize::try_from(of.number("columns")?).ok()?,
            preview: of.list("preview", cells)?,
        })
    }
}

fn cells(row: Value) -> Option<Vec<String>> {
    match row {
        Value::Array(cells) => cells.into_iter().map(text).collect(),
        _ => None,
    }
}

impl Read for Job {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            kind: of.text("kind")?,
            title: of.text("title")?,
            vendor: of.text("vendor")?,
            file: of.text("file")?,
            by: of.text("by")?,
            created_at: of.text("created_at")?,
            started_at: of.text("started_at"),
            ended_at: of.text("ended_at"),
            state: of.one("state")?,
            reason: of.text_or_empty("reason"),
            resumes_at: of.text("resumes_at"),
            counts: of.one("counts")?,
            estimate: of.maybe("estimate")?,
            handover: of.flag("handover"),
        })
    }
}

impl Read for JobState {
    fn read(value: Value) -> Option<Self> {
        Self::from_name(value.as_str()?)
    }
}

impl Read for RowState {
    fn read(value: Value) -> Option<Self> {
        Self::from_name(value.as_str()?)
    }
}

impl Read for Counts {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            invalid: of.number("invalid")?,
            pending: of.number("pending")?,
            intent: of.number("intent")?,
            done: of.number("done")?,
            failed: of.number("failed")?,
            unknown: of.number("unknown")?,
            cancelled: of.number("cancelled")?,
        })
    }
}

impl Read for Estimate {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            seconds: of.number("seconds")?,
            accounts: of.number("accounts").unwrap_or_default(),
            per_account: of.number("per_account").unwrap_or_default(),
            left: of.number("left").unwrap_or_default(),
        })
    }
}

impl Read for JobRow {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            number: of.number("number")?,
            subject: of.text("subject")?,
            state: of.one("state")?,
            detail: of.text_or_empty("detail"),
            code: of.text_or_empty("code"),
            tracking_id: of.text_or_empty("tracking_id"),
            at: of.text_or_empty("at"),
        })
    }
}

impl Read for JobRows {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { rows: of.list("rows", JobRow::read)?, next: of.number("next") })
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::json;

    use super::*;

    fn travels<T: Read + Serialize + PartialEq + std::fmt::Debug>(sent: T) {
        let json = serde_json::to_value(&sent).expect("it can be written");
        assert_eq!(T::read(json.clone()), Some(sent), "{json}");
    }

    fn field(key: &str) -> JobField {
        let names = vec!["pin".into(), "host pin".into()];
        JobField { key: key.into(), label: "Host PIN".into(), help: "Four digits.".into(), secret: true, names }
    }

    #[test]
    fn every_shape_of_jobs_survives_its_journey_to_the_console() {
        travels(JobKind::default());
        travels(vec![JobKind {
            id: "webex.host_pin".into(),
            vendor: "webex".into(),
            title: "Host PINs".into(),
            help: "Sets them.".into(),
            subject: field("email"),
            fields: vec![field("/hostPin"), JobField::default()],
            generate: Some("/hostPin".into()),
            options: vec![field("siteUrl")],
        }]);
        travels(Table::default());
        travels(Table {
            id: "t".into(),
            name: "pins.csv".into(),
            format: "CSV".into(),
            encoding: "UTF-8".into(),
            separator: ";".into(),
            sheet: "One".into(),
            sheets: vec!["One".into(), "Two".into()],
            header: true,
            rows: 3_215,
            columns: 2,
            preview: vec![vec!["E-mail".into(), "PIN".into()], vec![]],
        });
        let row = JobRow {
            number: 1_733,
            subject: "l.moreau@example.com".into(),
            detail: "No such user".into(),
            code: "030001".into(),
            tracking_id: "4A78".into(),
            at: "2026-01-01T00:00:00Z".into(),
            ..JobRow::default()
        };
        travels(JobRows { rows: vec![row, JobRow::default()], next: Some(1_733) });
        travels(JobRows::default());
    }

    #[test]
    fn jobs_of_every_state_survive_their_journey_to_the_console() {
        let counts = Counts {
            invalid: 1,
            pending: 2,
            intent: 3,
            done: 4,
            failed: 5,
            unknown: 6,
            cancelled: u64::from(u32::MAX),
        };
        for state in JobState::ALL {
            travels(Job { state, ..Job::default() });
            travels(Job {
                id: "j".into(),
                kind: "webex.host_pin".into(),
                title: "Host PINs".into(),
                vendor: "webex".into(),
                file: "pins.csv".into(),
                by: "dana".into(),
                created_at: "2026-01-01T00:00:00Z".into(),
                started_at: Some("2026-01-01T00:00:01Z".into()),
                ended_at: Some("2026-01-01T00:00:02Z".into()),
                state,
                reason: "Somebody paused it.".into(),
                resumes_at: Some("2026-01-02T00:00:00Z".into()),
                counts,
                estimate: Some(Estimate { seconds: 15_600, accounts: 5, per_account: 700, left: 3_412 }),
                handover: true,
            });
        }
    }

    #[test]
    fn rows_of_every_state_survive_their_journey_to_the_console() {
        for state in RowState::ALL {
            travels(JobRow { state, ..JobRow::default() });
        }
    }

    #[test]
    fn states_that_nobody_knows_are_none() {
        assert_eq!(JobState::read(json!("asleep")), None);
        assert_eq!(RowState::read(json!(1)), None);
        assert_eq!(Vec::<Job>::read(json!({})), None);
    }
}
