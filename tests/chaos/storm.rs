//! The kills: at every named place, then at random. After each the server is started again, and has to go on by itself.

use std::time::{Duration, Instant};

use roomkey_proxy::jobs::points;
use roomkey_schema::job::JobState;

use crate::bench::Bench;
use crate::console::Trouble;
use crate::ledger::Line;
use crate::say::line;
use crate::{Outcome, quota, wave};

/// How often somebody looks.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// Until a job has to go on, whatever the vendor suffers.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long a job has gone on when it is killed at random.
const LIVES_MS: (u64, u64) = (20, 400);
/// Rows of a job that is to be cancelled.
const MOST_CANCELLED: usize = 300;
/// The place of the dry run, which has its own turn.
const CHECKING: &str = "while_checking";

/// Starts the server and the first job.
pub(crate) async fn begin(bench: &mut Bench) -> Outcome<()> {
    bench.start(None).await?;
    bench.everybody = bench.console.people(&bench.server).await?;
    wave::begin(bench, bench.rows, true).await
}

/// Lets the server end itself at each place, each time at another turn.
pub(crate) async fn at_places(bench: &mut Bench) -> Outcome<()> {
    for time in 0..u64::from(bench.places) {
        for place in points::ALL.iter().filter(|place| **place != CHECKING) {
            let turn = bench.dice.between(1 + 4 * time, 4 + 4 * time);
            if !at_place(bench, &format!("{place}:{turn}")).await? {
                line("the administrators have made their changes; no more kills at named places");
                return Ok(());
            }
            bench.tally.killed(place);
        }
    }
    Ok(())
}

/// False when the vendor takes no more changes today.
async fn at_place(bench: &mut Bench, place: &str) -> Outcome<bool> {
    loop {
        bench.server.kill().await?;
        bench.change_weather().await?;
        bench.start(Some(place)).await?;
        if goes_on_until(bench, Sign::End).await? {
            return Ok(true);
        }
        // The rows have run out before the place's turn came.
        bench.server.kill().await?;
        bench.start(None).await?;
        if !next(bench).await? {
            return Ok(false);
        }
    }
}

/// Kills it after the job has gone on for a while.
pub(crate) async fn at_random(bench: &mut Bench) -> Outcome<()> {
    for kill in 1..=bench.kills {
        bench.server.kill().await?;
        bench.change_weather().await?;
        bench.start(None).await?;
        // As the first call goes out rows are read back whose end is not known; when a row has ended, that is over.
        let mut sign = if bench.dice.chance(50) { Sign::Call } else { Sign::Row };
        while !goes_on_until(bench, sign).await? {
            if !next(bench).await? {
                line(&format!("the administrators have made their changes after {kill} kills; no more of them"));
                return Ok(());
            }
            bench.change_weather().await?;
            sign = Sign::Call;
        }
        if sign == Sign::Row {
            bench.tally.first_rows.push((bench.server.ended_at.elapsed(), bench.fault));
        }
        let lives_ms = bench.dice.between(LIVES_MS.0, LIVES_MS.1);
        tokio::time::sleep(Duration::from_millis(lives_ms)).await;
        bench.server.kill().await?;
        bench.tally.killed("at random");
    }
    Ok(())
}

/// Lets the last job end.
pub(crate) async fn finish(bench: &mut Bench) -> Outcome<()> {
    bench.server.kill().await?;
    bench.calm().await?;
    bench.start(None).await?;
    wave::end(bench).await
}

/// Jobs that are cancelled right after a kill, before the server has gone on with them.
pub(crate) async fn at_cancels(bench: &mut Bench) -> Outcome<()> {
    let rows = bench.rows.min(MOST_CANCELLED);
    for _ in 0..bench.places {
        if quota::left(bench)?.is_some_and(|left| left < rows) {
            return Ok(());
        }
        wave::begin(bench, rows, false).await?;
        bench.change_weather().await?;
        if !goes_on_until(bench, Sign::Row).await? {
            return wave::end(bench).await;
        }
        tokio::time::sleep(Duration::from_millis(bench.dice.between(LIVES_MS.0, LIVES_MS.1))).await;
        bench.server.kill().await?;
        bench.tally.killed("before a cancel");
        bench.start(None).await?;
        wave::cancel(bench).await?;
    }
    Ok(())
}

/// Proves the job that has ended and begins another; false when the vendor takes no more changes today.
async fn next(bench: &mut Bench) -> Outcome<bool> {
    wave::end(bench).await?;
    let rows = quota::left(bench)?.map_or(bench.rows, |left| left.min(bench.rows));
    if rows < quota::FEWEST_ROWS.min(bench.rows) {
        return Ok(false);
    }
    wave::begin(bench, rows, false).await?;
    Ok(true)
}

/// What is waited for.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    /// Webex is asked for something.
    Call,
    /// A row ends.
    Row,
    /// The server ends itself.
    End,
}

/// Waits for the sign; false when the job has ended before.
async fn goes_on_until(bench: &mut Bench, sign: Sign) -> Outcome<bool> {
    let begun = Instant::now();
    let lines = bench.vendor.read()?;
    let mut ended = None;
    while begun.elapsed() < PATIENCE {
        if sign == Sign::End && bench.server.has_ended()? {
            return Ok(true);
        }
        let read = bench.vendor.read()?;
        if sign == Sign::Call && bench.vendor.lines[lines..read].iter().any(Line::is_webex) {
            return Ok(true);
        }
        match bench.console.job(&bench.server, &bench.wave.job).await {
            Ok(job) if job.state == JobState::Finished => return Ok(false),
            Ok(job) if job.state == JobState::Paused => wave::resume(bench, &job).await?,
            Ok(job) => {
                let before = *ended.get_or_insert(job.counts.ended());
                if sign != Sign::End && job.counts.ended() > before {
                    return Ok(true);
                }
            }
            // It may just have ended itself.
            Err(Trouble::Gone(_)) if sign == Sign::End => {}
            Err(trouble) => return Err(trouble.into()),
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err("The job did not go on within two minutes.".into())
}

/// Waits until the server has ended itself.
pub(crate) async fn wait_for_the_end(bench: &mut Bench) -> Outcome<()> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if bench.server.has_ended()? {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err("The server did not end itself at the place that it was told.".into())
}
