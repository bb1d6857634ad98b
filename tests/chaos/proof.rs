//! What must hold of a job that has ended: its rows, the ledger, what the vendor holds and what is handed over tell the same.

use std::collections::{BTreeMap, BTreeSet};

use roomkey_schema::job::{Counts, Job, JobRow, JobState, RowState};

use crate::Outcome;
use crate::bench::Bench;
use crate::ledger;

/// How many names are listed of those that are wrong.
const SHOWN: usize = 5;

/// Says what holds and what does not.
pub(crate) async fn check(bench: &mut Bench, job: &Job) -> Outcome<()> {
    let name = format!("job {}", bench.tally.jobs);
    let rows = bench.console.rows(&bench.server, &bench.wave.job).await?;
    let done: BTreeSet<&str> =
        rows.iter().filter(|row| row.state == RowState::Done).map(|row| row.subject.as_str()).collect();
    let (held, said) = totals(job, &rows, bench.wave.people.len());
    bench.tally.check(&format!("{name} totals"), held, &said);

    let read = bench.vendor.read()?;
    let (given, attempts) = ledger::given(&bench.vendor.lines[bench.wave.from_line..read]);
    let (held, said) = values(&given, attempts, &bench.wave.people, &done);
    bench.tally.check(&format!("{name} ledger"), held, &said);
    bench.tally.rows += done.len();
    bench.tally.attempts += attempts;
    bench.tally.identical += attempts - given.len();

    let taken = bench.console.hand_over(&bench.server, &bench.wave.job).await?;
    let mut wrong = Vec::new();
    for (person, pin) in &taken {
        let sent = given.get(person).is_some_and(|pins| pins.len() == 1 && pins.contains(pin));
        if !sent || bench.vendor.pin(person).await? != *pin {
            wrong.push(person.clone());
        }
    }
    // Whoever was not done must not have got what was sent: nobody would know that PIN.
    for (person, pins) in given.iter().filter(|(person, _)| !done.contains(person.as_str())) {
        if pins.contains(&bench.vendor.pin(person).await?) {
            wrong.push(person.clone());
        }
    }
    let people: BTreeSet<&str> = taken.iter().map(|(person, _)| person.as_str()).collect();
    let pins: BTreeSet<&str> = taken.iter().map(|(_, pin)| pin.as_str()).collect();
    let held = wrong.is_empty() && people == done && people.len() == taken.len() && pins.len() == taken.len();
    let said = format!(
        "{} handed over, {} different PINs, {} not as the room holds it or as it was sent{}",
        taken.len(),
        pins.len(),
        wrong.len(),
        some(&wrong)
    );
    bench.tally.check(&format!("{name} rooms"), held, &said);

    if bench.webex.counts_by_administrator() {
        crate::quota::check(bench, &name, &rows)?;
    }
    Ok(())
}

/// Every row has ended, and the counts say what the rows say.
fn totals(job: &Job, rows: &[JobRow], people: usize) -> (bool, String) {
    let of = |state: RowState| rows.iter().filter(|row| row.state == state).count() as u64;
    let counted = Counts {
        invalid: of(RowState::Invalid),
        pending: of(RowState::Pending),
        intent: of(RowState::Intent),
        done: of(RowState::Done),
        failed: of(RowState::Failed),
        unknown: of(RowState::Unknown),
        cancelled: of(RowState::Cancelled),
    };
    let all = people as u64;
    let ended = match job.state {
        JobState::Finished => counted.done == all,
        JobState::Cancelled => counted.done + counted.cancelled == all,
        _ => false,
    };
    let subjects: BTreeSet<&str> = rows.iter().map(|row| row.subject.as_str()).collect();
    let held = ended && counted == job.counts && rows.len() == people && subjects.len() == people;
    let Counts { pending, intent, done, failed, unknown, cancelled, invalid } = counted;
    let said = format!(
        "{} of {people} rows: done {done}, failed {failed}, cancelled {cancelled}, pending {pending}, intent {intent}, \
         unknown {unknown}, invalid {invalid}",
        rows.len()
    );
    (held, said)
}

/// Everybody who is done was given one value, nobody two, and nobody else any.
fn values(
    given: &BTreeMap<String, BTreeSet<String>>,
    attempts: usize,
    people: &[String],
    done: &BTreeSet<&str>,
) -> (bool, String) {
    let known: BTreeSet<&str> = people.iter().map(String::as_str).collect();
    let several: Vec<String> = given.iter().filter(|(_, pins)| pins.len() > 1).map(|(who, _)| who.clone()).collect();
    let strangers: Vec<String> = given.keys().filter(|who| !known.contains(who.as_str())).cloned().collect();
    let missing: Vec<String> =
        done.iter().filter(|who| !given.contains_key(**who)).map(|who| (*who).to_owned()).collect();
    let held = several.is_empty() && strangers.is_empty() && missing.is_empty();
    let said = format!(
        "{} people written, {attempts} attempts, {} of them once more with the same value; {} with two values{}, {} \
         missing{}, {} outside the job{}",
        given.len(),
        attempts - given.len().min(attempts),
        several.len(),
        some(&several),
        missing.len(),
        some(&missing),
        strangers.len(),
        some(&strangers)
    );
    (held, said)
}

/// The first of them.
fn some(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    if shown.is_empty() { String::new() } else { format!(" ({})", shown.join(", ")) }
}
