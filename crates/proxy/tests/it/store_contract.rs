//! What any store must do, written against the trait, and what SQLite must be set to.

use std::sync::Arc;

use roomkey_proxy::audit::chain::{Chain, GENESIS};
use roomkey_proxy::store::jobs::{Begun, HOUR_MS, Lease, Reserve, RowEnd, StoredJob, StoredRow, Turn};
use roomkey_proxy::store::sqlite::SqliteStore;
use roomkey_proxy::store::{Account, Failures, SessionRow, Store};
use roomkey_schema::Role;
use roomkey_schema::job::{JobState, RowState};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tempfile::TempDir;

use crate::store_contract_people as people;

async fn sqlite(directory: &TempDir) -> Arc<dyn Store> {
    Arc::new(SqliteStore::open(&directory.path().join("contract.db")).await.unwrap())
}

fn account(name: &str, role: Role) -> Account {
    Account { name: name.to_owned(), role, password_hash: format!("hash of {name}") }
}

fn session(byte: u8, name: &str, at_ms: i64) -> SessionRow {
    SessionRow { id_hash: [byte; 32], name: name.to_owned(), created_ms: at_ms, active_ms: at_ms }
}

async fn accounts_are_kept_and_replaced(store: &dyn Store) {
    assert_eq!(store.account("anna").await.unwrap(), None);
    store.put_account(&account("anna", Role::Admin)).await.unwrap();
    assert_eq!(store.account("anna").await.unwrap(), Some(account("anna", Role::Admin)));
    assert_eq!(store.account("Anna").await.unwrap(), None, "names are exact");
    store.insert_session(&session(1, "anna", 5)).await.unwrap();
    store.put_account(&account("anna", Role::Auditor)).await.unwrap();
    assert_eq!(store.account("anna").await.unwrap(), Some(account("anna", Role::Auditor)));
    assert_eq!(store.session(&[1; 32]).await.unwrap(), None, "a replaced account's sessions end");
}

async fn sessions_live_until_they_are_ended(store: &dyn Store) {
    store.put_account(&account("ben", Role::Helpdesk)).await.unwrap();
    for (byte, at_ms) in [(1, 10), (2, 20), (3, 30)] {
        store.insert_session(&session(byte, "ben", at_ms)).await.unwrap();
    }
    let found = store.session(&[2; 32]).await.unwrap();
    assert_eq!(found, Some((session(2, "ben", 20), account("ben", Role::Helpdesk))));
    store.touch_session(&[2; 32], 25).await.unwrap();
    store.touch_session(&[2; 32], 22).await.unwrap();
    assert_eq!(store.session(&[2; 32]).await.unwrap().unwrap().0.active_ms, 25, "activity does not go back");
    store.delete_sessions_before(21, 15).await.unwrap();
    assert_eq!(store.session(&[1; 32]).await.unwrap(), None);
    assert!(store.session(&[2; 32]).await.unwrap().is_some());
    store.delete_session(&[2; 32]).await.unwrap();
    assert_eq!(store.session(&[2; 32]).await.unwrap(), None);
    assert!(store.session(&[3; 32]).await.unwrap().is_some());
    assert!(store.insert_session(&session(4, "nobody", 1)).await.is_err(), "a session belongs to an account");
}

async fn failures_are_counted_by_key_and_time(store: &dyn Store) {
    let keys = ["name:a".to_owned(), "address:x".to_owned()];
    for at_ms in [10, 20, 30] {
        store.add_failure(&keys, at_ms, 0).await.unwrap();
    }
    assert_eq!(store.failures("name:a", 15).await.unwrap(), Failures { count: 2, oldest_ms: 20 });
    assert_eq!(store.failures("name:b", 0).await.unwrap(), Failures::default());
    store.clear_failures("name:a").await.unwrap();
    assert_eq!(store.failures("name:a", 0).await.unwrap().count, 0);
    assert_eq!(store.failures("address:x", 0).await.unwrap().count, 3);
    store.add_failure(&["name:c".to_owned()], 40, 25).await.unwrap();
    assert_eq!(store.failures("address:x", 0).await.unwrap(), Failures { count: 1, oldest_ms: 30 });
}

async fn the_record_is_a_chain_without_gaps(store: Arc<dyn Store>) {
    let chain = Arc::new(Chain::new([9; 32]));
    assert_eq!(store.head().await.unwrap(), None);
    let writers = (0..20).map(|number| {
        let (store, chain) = (store.clone(), chain.clone());
        tokio::spawn(async move { store.append(&format!("{{\"n\":{number}}}"), &chain).await.unwrap() })
    });
    let mut numbers = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        numbers.push(writer.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<u64>>());
    let mut previous = GENESIS;
    let rows = store.rows_after(0, 100).await.unwrap();
    for (row, seq) in rows.iter().zip(1_u64..) {
        assert_eq!((row.seq, row.previous), (seq, previous));
        assert_eq!(row.hash, chain.link(seq, &previous, &row.content));
        previous = row.hash;
    }
    let head = store.head().await.unwrap().unwrap();
    assert_eq!((head.seq, head.hash), (20, previous));
    assert!(chain.is_seal(&head.seal, 20, &previous));
    assert_eq!(store.rows_after(17, 2).await.unwrap(), rows[17..19]);
}

fn job(id: &str, once: &str) -> StoredJob {
    StoredJob {
        id: id.to_owned(),
        once: once.to_owned(),
        kind: "webex.host_pin".to_owned(),
        file: "pins.csv".to_owned(),
        actor: "anna".to_owned(),
        created_ms: 1,
        started_ms: None,
        ended_ms: None,
        state: JobState::Checking,
        reason: String::new(),
        resumes_ms: None,
        plan: b"sealed".to_vec(),
    }
}

fn row(number: u64) -> StoredRow {
    StoredRow {
        number,
        subject: format!("p{number}@example.com"),
        state: RowState::Pending,
        sealed: Some(b"sealed".to_vec()),
        tries: 0,
        intent: None,
        detail: String::new(),
        code: String::new(),
        tracking_id: String::new(),
        at_ms: None,
    }
}

const fn turn(from: &'static [JobState], to: JobState) -> Turn<'static> {
    Turn { from, to, reason: "", resumes_ms: None, now_ms: 50 }
}

/// A running job of three rows.
async fn running(store: &dyn Store) -> Lease {
    store.jobs().insert_job(&job("j", "once")).await.unwrap();
    let lease = store.jobs().lease("j", "me", 0, 1_000).await.unwrap().unwrap();
    store.jobs().insert_rows(&lease, &[row(2), row(3), row(5)]).await.unwrap();
    assert!(store.jobs().turn_job("j", turn(&[JobState::Checking], JobState::Running)).await.unwrap());
    lease
}

fn end(number: u64, state: RowState) -> RowEnd {
    let (detail, code, tracking_id) = ("No.".to_owned(), "400".to_owned(), "T1".to_owned());
    RowEnd { number, state, detail, code, tracking_id, at_ms: 60 }
}

async fn a_job_is_made_once_and_belongs_to_one_at_a_time(store: &dyn Store) {
    let jobs = store.jobs();
    assert!(jobs.insert_job(&job("a", "once")).await.unwrap());
    assert!(!jobs.insert_job(&job("b", "once")).await.unwrap());
    assert_eq!(jobs.job_once("once").await.unwrap().unwrap().id, "a");
    assert_eq!(jobs.idle_jobs(&[JobState::Checking], 10).await.unwrap(), ["a"]);
    let first = jobs.lease("a", "me", 10, 20).await.unwrap().unwrap();
    assert_eq!(jobs.lease("a", "you", 19, 30).await.unwrap(), None, "it is taken");
    let second = jobs.lease("a", "you", 20, 30).await.unwrap().unwrap();
    assert!(!jobs.keep_lease(&first, 99).await.unwrap() && jobs.keep_lease(&second, 40).await.unwrap());
    jobs.insert_rows(&first, &[row(2)]).await.unwrap();
    assert_eq!(jobs.counts("a").await.unwrap().all(), 0, "work of an earlier owner no longer counts");
    jobs.release(&second).await.unwrap();
    assert_eq!(jobs.idle_jobs(&[JobState::Checking], 21).await.unwrap(), ["a"]);
    assert!(!jobs.turn_job("a", turn(&[JobState::Ready], JobState::Running)).await.unwrap());
}

async fn a_row_begins_with_its_quota_and_its_entry_or_not_at_all(store: &dyn Store) {
    let (chain, lease, jobs) = (Chain::new([7; 32]), running(store).await, store.jobs());
    let lane = |now_ms| Some(Reserve { vendor: "webex", lane: "admin1", per_day: Some(1), now_ms });
    assert_eq!(jobs.begin_row(&lease, 2, lane(0), "{}", &chain).await.unwrap(), Begun::Intent(1));
    assert_eq!(jobs.begin_row(&lease, 2, None, "{}", &chain).await.unwrap(), Begun::Lost, "it is under way");
    assert_eq!(jobs.begin_row(&lease, 3, lane(0), "{}", &chain).await.unwrap(), Begun::NoneLeft);
    let waiting = jobs.rows_of("j", Some(RowState::Pending), 0, 9).await.unwrap();
    assert_eq!(waiting.iter().map(|row| (row.number, row.tries)).collect::<Vec<_>>(), [(3, 0), (5, 0)]);
    assert_eq!(store.head().await.unwrap().unwrap().seq, 1, "nothing is on record of what was not begun");
    assert_eq!(jobs.begin_row(&lease, 3, lane(25 * HOUR_MS), "{}", &chain).await.unwrap(), Begun::Intent(2));
    let stranger = Lease { fence: lease.fence + 1, ..lease.clone() };
    assert_eq!(jobs.begin_row(&stranger, 5, None, "{}", &chain).await.unwrap(), Begun::Lost);
    jobs.end_row(&lease, &end(2, RowState::Failed), Some("{}"), &chain).await.unwrap();
    let counts = jobs.counts("j").await.unwrap();
    assert_eq!((counts.failed, counts.intent, counts.pending), (1, 1, 1));
    assert_eq!(jobs.repeat_failed("j").await.unwrap(), 1);
    assert_eq!(jobs.rows_of("j", None, 0, 1).await.unwrap()[0].sealed, Some(b"sealed".to_vec()), "the same value");
}

async fn a_cancelled_job_takes_no_row_back(store: &dyn Store) {
    let (chain, lease, jobs) = (Chain::new([7; 32]), running(store).await, store.jobs());
    for number in [2, 3] {
        jobs.begin_row(&lease, number, None, "{}", &chain).await.unwrap();
    }
    assert!(jobs.turn_job("j", turn(&[JobState::Running], JobState::Cancelled)).await.unwrap());
    jobs.end_row(&lease, &end(2, RowState::Pending), None, &chain).await.unwrap();
    jobs.put_back(&lease, 3).await.unwrap();
    let rows = jobs.rows_of("j", None, 0, 9).await.unwrap();
    assert!(rows.iter().all(|row| row.state == RowState::Cancelled), "{rows:?}");
    assert!(rows.iter().find(|row| row.number == 5).unwrap().sealed.is_none(), "what is never sent is destroyed");
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    for part in 0..13 {
        let directory = TempDir::new().unwrap();
        let store = sqlite(&directory).await;
        match part {
            0 => accounts_are_kept_and_replaced(&*store).await,
            1 => sessions_live_until_they_are_ended(&*store).await,
            2 => failures_are_counted_by_key_and_time(&*store).await,
            3 => a_job_is_made_once_and_belongs_to_one_at_a_time(&*store).await,
            4 => a_row_begins_with_its_quota_and_its_entry_or_not_at_all(&*store).await,
            5 => a_cancelled_job_takes_no_row_back(&*store).await,
            6 => people::people_are_found_by_any_part_in_the_order_of_what_matters(&*store).await,
            7 => people::one_address_makes_one_person_and_keys_stay(&*store).await,
            8 => people::what_is_ambiguous_is_shown_and_not_guessed(&*store).await,
            9 => people::an_address_of_hundreds_joins_nothing_and_costs_little(&*store).await,
            10 => people::units_are_those_of_the_whole_person(&*store).await,
            11 => people::a_half_read_list_keeps_what_it_has_and_what_there_was(&*store).await,
            _ => the_record_is_a_chain_without_gaps(store.clone()).await,
        }
        store.writable().await.unwrap();
        store.close().await;
    }
}

#[tokio::test]
async fn what_was_written_is_there_after_opening_again() {
    let directory = TempDir::new().unwrap();
    let store = sqlite(&directory).await;
    store.put_account(&account("anna", Role::Admin)).await.unwrap();
    store.close().await;
    assert!(sqlite(&directory).await.account("anna").await.unwrap().is_some());
}

#[tokio::test]
async fn a_store_that_cannot_be_written_says_so() {
    let directory = TempDir::new().unwrap();
    let store = sqlite(&directory).await;
    let path = directory.path().join("contract.db");
    let other = SqlitePool::connect_with(SqliteConnectOptions::new().filename(path)).await.unwrap();
    sqlx::query("DROP TABLE liveness").execute(&other).await.unwrap();
    assert!(store.writable().await.is_err());
}

#[tokio::test]
async fn sqlite_is_new_enough_and_durable() {
    let directory = TempDir::new().unwrap();
    let store = SqliteStore::open(&directory.path().join("contract.db")).await.unwrap();
    let version: Vec<u32> =
        store.library_version().await.unwrap().split('.').map(|part| part.parse().unwrap()).collect();
    assert!(version >= vec![3, 51, 3], "{version:?}");
    assert_eq!(store.durability().await.unwrap(), ("wal".to_owned(), 2), "write-ahead log, synchronous FULL");
}
