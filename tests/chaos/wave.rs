//! One job after the other: made from a file of people, checked (with kills meanwhile), started, and seen to its end.

use std::time::{Duration, Instant};

use litemap::LiteMap;
use roomkey_schema::job::{Job, JobState, NewJob, RowState};

use crate::bench::Bench;
use crate::console::Trouble;
use crate::say::line;
use crate::{Outcome, proof, storm};

/// How often failed rows are sent again.
const REPEATS: u32 = 8;
/// Until rows that were under way have to be read back.
const READ_BACK: Duration = Duration::from_mins(1);
/// A point of the dry run; it is reached after as many rows.
const CHECKING: (&str, usize) = ("while_checking", 1_000);

/// A job and what belongs to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wave {
    pub(crate) job: String,
    pub(crate) people: Vec<String>,
    /// Lines that the ledger had before it.
    pub(crate) from_line: usize,
    /// It has ended and was looked at.
    proved: bool,
}

/// Makes a job for that many people and starts it; the server runs.
pub(crate) async fn begin(bench: &mut Bench, rows: usize, kill_while_checking: bool) -> Outcome<()> {
    let people: Vec<String> = bench.everybody.iter().take(rows).cloned().collect();
    let from_line = bench.vendor.read()?;
    let text = format!("email\n{}\n", people.join("\n"));
    let table = bench.console.send_table(&bench.server, &text).await?;
    bench.tally.jobs += 1;
    let asked = NewJob {
        // The same name again makes no second job, whether or not the first request was answered.
        once: format!("chaos-{}", bench.tally.jobs),
        kind: "webex.host_pin".to_owned(),
        table: table.id,
        header: true,
        columns: LiteMap::from_iter([("userEmail".to_owned(), 0)]),
        generate: true,
        unique: true,
        ..NewJob::default()
    };
    if kill_while_checking {
        die_while_checking(bench, &asked).await?;
    }
    let job = bench.console.make_job(&bench.server, &asked).await?.id;
    let checked = bench.console.leave(&bench.server, &job, JobState::Checking).await?;
    if checked.state != JobState::Ready || checked.counts.pending != u64::try_from(people.len())? {
        return Err(format!("A job of {} rows was not checked: {checked:?}", people.len()).into());
    }
    line(&format!("job {} {} rows checked", bench.tally.jobs, people.len()));
    bench.wave = Wave { job, people, from_line, proved: false };
    bench.console.act(&bench.server, &bench.wave.job, "start").await?;
    Ok(())
}

/// Lets the server end itself during the dry run, as often as at other places.
async fn die_while_checking(bench: &mut Bench, asked: &NewJob) -> Outcome<()> {
    let (place, rows) = CHECKING;
    let turns = u32::try_from(bench.rows / rows)?;
    if turns == 0 {
        line(&format!("{place} is reached after {rows} rows and was left out"));
        return Ok(());
    }
    for time in 0..bench.places {
        bench.server.kill().await?;
        bench.start(Some(&format!("{place}:{}", time % turns + 1))).await?;
        if time == 0 {
            // It may be gone before it answers.
            let _ = bench.console.make_job(&bench.server, asked).await;
        }
        storm::wait_for_the_end(bench).await?;
        bench.tally.killed(place);
    }
    bench.start(None).await
}

/// Without faults, to the end: failed rows again and again, and then the proof. The server runs.
pub(crate) async fn end(bench: &mut Bench) -> Outcome<()> {
    bench.calm().await?;
    if std::mem::replace(&mut bench.wave.proved, true) {
        return Ok(());
    }
    let mut job = settle(bench).await?;
    for _ in 0..REPEATS {
        if job.counts.failed == 0 {
            break;
        }
        for row in bench.console.rows(&bench.server, &bench.wave.job).await? {
            if row.state == RowState::Failed {
                *bench.tally.failed.entry(format!("{} {}", row.code, row.detail)).or_default() += 1;
            }
        }
        bench.console.act(&bench.server, &bench.wave.job, "repeat").await?;
        job = settle(bench).await?;
    }
    proof::check(bench, &job).await
}

/// Cancels the job: rows that were under way have to be read back, the others are never sent. Then the proof.
pub(crate) async fn cancel(bench: &mut Bench) -> Outcome<()> {
    let cancelled = bench.console.act(&bench.server, &bench.wave.job, "cancel").await?;
    bench.calm().await?;
    let open = cancelled.counts.intent + cancelled.counts.unknown;
    line(&format!("cancelled with {} rows done and {open} under way", cancelled.counts.done));
    let begun = Instant::now();
    loop {
        let job = bench.console.job(&bench.server, &bench.wave.job).await?;
        if job.counts.intent + job.counts.unknown == 0 || begun.elapsed() > READ_BACK {
            return proof::check(bench, &job).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Waits until the job has ended; goes on when it paused itself.
async fn settle(bench: &mut Bench) -> Outcome<Job> {
    loop {
        let job = bench.console.leave(&bench.server, &bench.wave.job, JobState::Running).await?;
        if job.state != JobState::Paused {
            return Ok(job);
        }
        resume(bench, &job).await?;
    }
}

/// Goes on after a pause that nobody asked for.
pub(crate) async fn resume(bench: &mut Bench, job: &Job) -> Outcome<()> {
    line(&format!("the job paused itself: {}", job.reason));
    bench.tally.pauses += 1;
    tokio::time::sleep(Duration::from_millis(200)).await;
    match bench.console.act(&bench.server, &job.id, "start").await {
        // It may be killed at that very moment.
        Ok(_) | Err(Trouble::Gone(_)) => Ok(()),
        Err(trouble) => Err(trouble.into()),
    }
}
