//! Webex XML shuts administrators out who make too many changes in a day: no kill may make the server forget what they have
//! made, and the quota has to hold to the last change.

use std::time::{Duration, Instant};

use roomkey_schema::job::{Job, JobRow, JobState};

use crate::Outcome;
use crate::bench::Bench;
use crate::say::line;
use crate::server::{ADMINISTRATORS, SET_USER_PER_DAY};
use crate::{ledger, wave};

/// A job of fewer rows is not worth its while.
pub(crate) const FEWEST_ROWS: usize = 100;
/// What the vendor says to an administrator who has made too many changes.
const WALL: &str = "030002";
/// What the server's log says then.
const SHUT_OUT: &str = "takes no more changes from this account";
/// Kills while the last changes are used up.
const KILLS: u32 = 6;
const PATIENCE: Duration = Duration::from_mins(5);

/// Changes that are surely left today; none when nobody counts. Each kill may have cost one that was never sent.
pub(crate) fn left(bench: &mut Bench) -> Outcome<Option<usize>> {
    if !bench.webex.counts_by_administrator() {
        return Ok(None);
    }
    let read = bench.vendor.read()?;
    let sent: u64 = ledger::by_administrator(&bench.vendor.lines[..read]).values().sum();
    let used = sent + u64::from(bench.tally.starts);
    // Some rows are sent more than once.
    Ok(Some(usize::try_from((ADMINISTRATORS * SET_USER_PER_DAY).saturating_sub(used) * 8 / 10)?))
}

/// No administrator has made more changes than it may, and the vendor has shut none out.
pub(crate) fn check(bench: &mut Bench, name: &str, rows: &[JobRow]) -> Outcome<()> {
    let made = ledger::by_administrator(&bench.vendor.lines);
    let most = made.values().max().copied().unwrap_or_default();
    let walls = rows.iter().filter(|row| row.code == WALL).count()
        + std::fs::read_to_string(&bench.server.log)?.matches(SHUT_OUT).count();
    let held = most <= SET_USER_PER_DAY && walls == 0 && made.len() as u64 <= ADMINISTRATORS;
    let each: Vec<String> = made.values().map(u64::to_string).collect();
    let said = format!("SetUser so far {} (at most {SET_USER_PER_DAY} each); {WALL} {walls} times", each.join(" + "));
    bench.tally.check(&format!("{name} quota"), held, &said);
    Ok(())
}

/// A job for more people than there are changes left, with kills: it has to stop at the quota, and not before.
pub(crate) async fn exhaust(bench: &mut Bench) -> Outcome<()> {
    wave::begin(bench, bench.everybody.len(), false).await?;
    let job = bench.console.job(&bench.server, &bench.wave.job).await?;
    let left = job.estimate.unwrap_or_default().left;
    if left >= job.counts.all() {
        line(&format!("{left} changes are left, more than there are people: the quota cannot be used up"));
        return wave::cancel(bench).await;
    }
    line(&format!("{left} changes are left for {} people", job.counts.all()));
    let mut kills = KILLS;
    let begun = Instant::now();
    let mut next_kill_ms = bench.dice.between(500, 2_500);
    let mut since = Instant::now();
    loop {
        let job = bench.console.job(&bench.server, &bench.wave.job).await?;
        if is_used_up(&job) {
            break;
        }
        if job.state == JobState::Paused {
            wave::resume(bench, &job).await?;
        }
        if begun.elapsed() > PATIENCE {
            return Err(format!("The quota was not used up: {job:?}").into());
        }
        if kills > 0 && since.elapsed() > Duration::from_millis(next_kill_ms) {
            kills -= 1;
            bench.server.kill().await?;
            bench.tally.killed("near the quota");
            bench.start(None).await?;
            (since, next_kill_ms) = (Instant::now(), bench.dice.between(500, 4_000));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // A kill while it waits for tomorrow: it must wait again.
    bench.server.kill().await?;
    bench.tally.killed("near the quota");
    bench.start(None).await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    let job = bench.console.job(&bench.server, &bench.wave.job).await?;
    let left = job.estimate.unwrap_or_default().left;
    let said = format!(
        "{left} changes left, the job waits until {}",
        job.resumes_at.as_deref().unwrap_or("nobody knows when")
    );
    bench.tally.check("quota used up", is_used_up(&job) && left == 0, &said);
    wave::cancel(bench).await
}

/// The job waits for hours.
fn is_used_up(job: &Job) -> bool {
    job.state == JobState::Running && job.resumes_at.is_some() && job.reason.contains("administrator")
}
