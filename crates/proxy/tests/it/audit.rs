//! The record shows what was done to it afterwards.

use std::path::PathBuf;

use roomkey_proxy::audit::chain::{Chain, GENESIS, Hash};
use roomkey_proxy::audit::verify::{Finding, Verdict, verify};
use roomkey_proxy::audit::{checkpoint, key};
use roomkey_proxy::random::SystemRandom;
use roomkey_proxy::store::sqlite::SqliteStore;
use roomkey_proxy::store::{AuditHead, Record, Store};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tempfile::TempDir;

struct Log {
    directory: TempDir,
    chain: Chain,
}

impl Log {
    /// A record of five rows, closed.
    async fn of_five() -> Self {
        let directory = TempDir::new().unwrap();
        let chain = key::open_or_create(directory.path(), &SystemRandom).unwrap();
        let log = Self { directory, chain };
        let store = log.open().await;
        for number in 1..=5_u64 {
            assert_eq!(store.append(&format!("{{\"number\":{number}}}"), &log.chain).await.unwrap(), number);
        }
        store.close().await;
        log
    }

    fn database(&self) -> PathBuf {
        self.directory.path().join(key::DATABASE_FILE)
    }

    async fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.database()).await.unwrap()
    }

    /// Does what somebody with the database file can do.
    async fn tamper(&self, statements: &[&str]) {
        let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(self.database())).await.unwrap();
        sqlx::raw_sql("DROP TRIGGER audit_rows_stay; DROP TRIGGER audit_rows_are_not_changed")
            .execute(&pool)
            .await
            .unwrap();
        for statement in statements {
            sqlx::query(sqlx::AssertSqlSafe(*statement)).execute(&pool).await.unwrap();
        }
        pool.close().await;
    }

    async fn verdict(&self, checkpoint: Option<AuditHead>) -> Verdict {
        let store = self.open().await;
        let verdict = verify(&store, &self.chain, checkpoint).await.unwrap();
        store.close().await;
        verdict
    }

    async fn after(&self, statements: &[&str]) -> Verdict {
        self.tamper(statements).await;
        self.verdict(None).await
    }

    async fn head(&self) -> AuditHead {
        let store = self.open().await;
        let head = store.head().await.unwrap().unwrap();
        store.close().await;
        head
    }
}

fn broken(verdict: Verdict) -> Finding {
    match verdict {
        Verdict::Broken(finding) => finding,
        Verdict::Whole(rows) => panic!("whole with {rows} rows"),
    }
}

#[tokio::test]
async fn an_untouched_record_is_whole() {
    let log = Log::of_five().await;
    assert_eq!(log.verdict(None).await, Verdict::Whole(5));
    let head = log.head().await;
    assert_eq!(log.verdict(Some(head)).await, Verdict::Whole(5));
}

#[tokio::test]
async fn an_empty_record_is_whole() {
    let directory = TempDir::new().unwrap();
    let chain = key::open_or_create(directory.path(), &SystemRandom).unwrap();
    let log = Log { directory, chain };
    assert_eq!(log.verdict(None).await, Verdict::Whole(0));
}

#[tokio::test]
async fn an_edited_row_is_found() {
    let log = Log::of_five().await;
    let verdict = log.after(&["UPDATE audit SET content = '{\"number\":30}' WHERE seq = 3"]).await;
    assert_eq!(broken(verdict), Finding::Edited(3));
}

#[tokio::test]
async fn a_deleted_row_is_found() {
    let log = Log::of_five().await;
    let verdict = log.after(&["DELETE FROM audit WHERE seq = 2"]).await;
    assert_eq!(broken(verdict), Finding::Missing { missing: 2, found: 3 });
}

#[tokio::test]
async fn a_deleted_row_is_found_when_the_others_are_renumbered() {
    let log = Log::of_five().await;
    let verdict = log
        .after(&[
            "DELETE FROM audit WHERE seq = 2",
            "UPDATE audit SET seq = -seq WHERE seq > 2 AND 0",
            "PRAGMA ignore_check_constraints = ON",
            "UPDATE audit SET seq = seq + 100 WHERE seq > 2",
            "UPDATE audit SET seq = seq - 101 WHERE seq > 100",
        ])
        .await;
    assert_eq!(broken(verdict), Finding::Edited(2));
}

#[tokio::test]
async fn exchanged_rows_are_found() {
    let log = Log::of_five().await;
    let verdict = log
        .after(&[
            "UPDATE audit SET seq = 99 WHERE seq = 2",
            "UPDATE audit SET seq = 2 WHERE seq = 3",
            "UPDATE audit SET seq = 3 WHERE seq = 99",
        ])
        .await;
    assert_eq!(broken(verdict), Finding::Edited(2));
}

#[tokio::test]
async fn a_cut_off_end_is_found_by_the_head() {
    let log = Log::of_five().await;
    let verdict = log.after(&["DELETE FROM audit WHERE seq > 3"]).await;
    assert_eq!(broken(verdict), Finding::WrongEnd { last: 3, expected: 5, source_name: "the head" });
}

#[tokio::test]
async fn a_head_that_somebody_rewrote_has_no_seal_of_ours() {
    let log = Log::of_five().await;
    let verdict = log
        .after(&[
            "DELETE FROM audit WHERE seq > 3",
            "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)",
        ])
        .await;
    assert_eq!(broken(verdict), Finding::Forged("the head"));
}

#[tokio::test]
async fn a_record_rewritten_from_the_first_row_has_no_seal_of_ours() {
    let log = Log::of_five().await;
    let other = Chain::new([7; 32]);
    let mut previous: Hash = GENESIS;
    let mut statements = Vec::new();
    let hex = roomkey_proxy::audit::chain::hex;
    for seq in 1..=5_u64 {
        let content = format!("{{\"number\":{}}}", seq + 10);
        let hash = other.link(seq, &previous, &content);
        statements.push(format!(
            "UPDATE audit SET content = '{content}', previous = x'{}', hash = x'{}' WHERE seq = {seq}",
            hex(&previous),
            hex(&hash)
        ));
        previous = hash;
    }
    let seal = other.seal(5, &previous);
    statements.push(format!("UPDATE audit_head SET hash = x'{}', seal = x'{}'", hex(&previous), hex(&seal)));
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    assert_eq!(broken(log.after(&statements).await), Finding::Forged("the head"));
}

#[tokio::test]
async fn a_database_put_back_to_an_earlier_state_is_found_by_the_checkpoint() {
    let log = Log::of_five().await;
    let earlier = std::fs::read(log.database()).unwrap();
    let store = log.open().await;
    store.append("{\"number\":6}", &log.chain).await.unwrap();
    store.close().await;
    let path = log.directory.path().join(key::CHECKPOINT_FILE);
    checkpoint::write(&path, log.head().await, "2027-01-15T08:00:00.000Z").await.unwrap();
    std::fs::write(log.database(), earlier).unwrap();
    let checkpoint = checkpoint::read(&path).unwrap();
    assert!(checkpoint.is_some());
    let finding = Finding::WrongEnd { last: 5, expected: 6, source_name: "the checkpoint" };
    assert_eq!(broken(log.verdict(checkpoint).await), finding);
}

#[tokio::test]
async fn rows_can_neither_be_changed_nor_deleted_by_mistake() {
    let log = Log::of_five().await;
    let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(log.database())).await.unwrap();
    for statement in ["DELETE FROM audit WHERE seq = 5", "UPDATE audit SET content = '{}' WHERE seq = 5"] {
        let error = sqlx::query(statement).execute(&pool).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
}

#[tokio::test]
async fn the_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let log = Log::of_five().await;
    let mode = std::fs::metadata(log.directory.path().join(key::KEY_FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
