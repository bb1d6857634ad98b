//! The record shows what was done to it afterwards.

use std::path::PathBuf;

use roomkey_proxy::audit::chain::{Chain, GENESIS, Hash};
use roomkey_proxy::audit::checkpoint::{self, Checkpoint, Checkpoints};
use roomkey_proxy::audit::key;
use roomkey_proxy::audit::signer::Signer;
use roomkey_proxy::audit::verify::{Finding, Known, Verdict, verify};
use roomkey_proxy::config;
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

    async fn verdict(&self, checkpoints: Vec<Checkpoint>) -> Verdict {
        let store = self.open().await;
        let signer = Signer::open(self.directory.path()).ok();
        let known = Known { checkpoints, signer: signer.as_ref() };
        let verdict = verify(&store, &self.chain, &known, &|_| {}).await.unwrap();
        store.close().await;
        verdict
    }

    async fn after(&self, statements: &[&str]) -> Verdict {
        self.tamper(statements).await;
        self.verdict(Vec::new()).await
    }

    /// Signs where the record ends, beside the database and in a file of its own; answers the file and what is in it.
    async fn keep(&self) -> (PathBuf, Vec<Checkpoint>) {
        let file = self.directory.path().join("kept.jsonl");
        let config = config::Record { checkpoint_file: Some(file.clone()), ..config::Record::default() };
        self.checkpoints(&config).keep(self.head().await, "2027-01-15T08:00:00.000Z").await;
        let kept = checkpoint::read_all(&file).unwrap();
        (file, kept)
    }

    fn checkpoints(&self, config: &config::Record) -> Checkpoints {
        let signer = Signer::open_or_create(self.directory.path(), &SystemRandom).unwrap();
        Checkpoints::new(signer, self.directory.path().join(key::CHECKPOINT_FILE), config)
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
    assert_eq!(log.verdict(Vec::new()).await, Verdict::Whole(5));
    let (_, kept) = log.keep().await;
    assert_eq!(kept.len(), 1);
    assert_eq!(log.verdict(kept).await, Verdict::Whole(5));
}

#[tokio::test]
async fn an_empty_record_is_whole() {
    let directory = TempDir::new().unwrap();
    let chain = key::open_or_create(directory.path(), &SystemRandom).unwrap();
    let log = Log { directory, chain };
    assert_eq!(log.verdict(Vec::new()).await, Verdict::Whole(0));
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
    assert_eq!(broken(verdict), Finding::WrongEnd { last: 3, expected: 5, source_name: "the head".to_owned() });
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
    assert_eq!(broken(verdict), Finding::Forged("the head".to_owned()));
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
    assert_eq!(broken(log.after(&statements).await), Finding::Forged("the head".to_owned()));
}

#[tokio::test]
async fn a_database_put_back_to_an_earlier_state_is_found_by_the_checkpoint() {
    let log = Log::of_five().await;
    let earlier = std::fs::read(log.database()).unwrap();
    let store = log.open().await;
    store.append("{\"number\":6}", &log.chain).await.unwrap();
    store.close().await;
    log.keep().await;
    std::fs::write(log.database(), earlier).unwrap();
    let path = log.directory.path().join(key::CHECKPOINT_FILE);
    let checkpoint = checkpoint::read(&path).unwrap().unwrap();
    let finding = Finding::WrongEnd { last: 5, expected: 6, source_name: "the checkpoint".to_owned() };
    assert_eq!(broken(log.verdict(vec![checkpoint.clone()]).await), finding);
    // The next checkpoint does not wipe the trace out.
    log.keep().await;
    assert_eq!(checkpoint::read(&path).unwrap().unwrap(), checkpoint);
}

/// Rewrites the record from the first row, as somebody does who has the key of the seals.
async fn rewrite(log: &Log, rows: u64) {
    let mut statements = vec![format!("DELETE FROM audit WHERE seq > {rows}")];
    let hex = roomkey_proxy::audit::chain::hex;
    let mut previous: Hash = GENESIS;
    for seq in 1..=rows {
        let content = format!("{{\"number\":{}}}", seq + 10);
        let hash = log.chain.link(seq, &previous, &content);
        statements.push(format!(
            "UPDATE audit SET content = '{content}', previous = x'{}', hash = x'{}' WHERE seq = {seq}",
            hex(&previous),
            hex(&hash)
        ));
        previous = hash;
    }
    let seal = hex(&log.chain.seal(rows, &previous));
    statements.push(format!("UPDATE audit_head SET seq = {rows}, hash = x'{}', seal = x'{seal}'", hex(&previous)));
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    log.tamper(&statements).await;
}

#[tokio::test]
async fn a_record_rewritten_with_our_own_key_is_found_by_a_checkpoint_kept_elsewhere() {
    let log = Log::of_five().await;
    let (_, kept) = log.keep().await;
    rewrite(&log, 5).await;
    assert_eq!(log.verdict(Vec::new()).await, Verdict::Whole(5), "without it, nothing shows");
    let source_name = kept[0].source.clone();
    assert!(source_name.starts_with("the checkpoint in line 1 of "), "{source_name}");
    assert_eq!(broken(log.verdict(kept).await), Finding::Rewritten { row: 5, source_name });
}

#[tokio::test]
async fn a_record_cut_off_with_our_own_key_is_found_by_a_checkpoint_kept_elsewhere() {
    let log = Log::of_five().await;
    let (_, kept) = log.keep().await;
    rewrite(&log, 3).await;
    let source_name = kept[0].source.clone();
    assert_eq!(broken(log.verdict(kept).await), Finding::WrongEnd { last: 3, expected: 5, source_name });
}

#[tokio::test]
async fn a_checkpoint_with_another_signature_is_forged() {
    let log = Log::of_five().await;
    let (file, kept) = log.keep().await;
    let text = std::fs::read_to_string(&file).unwrap();
    let mut forged = kept[0].clone();
    forged.at = "2028-01-15T08:00:00.000Z".to_owned();
    assert_eq!(broken(log.verdict(vec![forged.clone()]).await), Finding::Forged(forged.source));
    for (part, other) in [("\"seal\":\"", "0000"), ("\"hash\":\"", "ffff"), ("\"signature\":\"", "abcd")] {
        let at = text.find(part).unwrap() + part.len();
        std::fs::write(&file, format!("{}{other}{}", &text[..at], &text[at + 4..])).unwrap();
        let finding = broken(log.verdict(checkpoint::read_all(&file).unwrap()).await);
        assert!(matches!(finding, Finding::Forged(_)), "{part} {finding}");
    }
    std::fs::write(&file, "nothing of the kind\n").unwrap();
    assert!(checkpoint::read_all(&file).unwrap_err().to_string().contains("holds no checkpoint"));
}

#[tokio::test]
async fn anybody_with_the_public_key_can_check_a_checkpoint() {
    let log = Log::of_five().await;
    let (file, _) = log.keep().await;
    let line: serde_json::Value = serde_json::from_str(std::fs::read_to_string(&file).unwrap().trim()).unwrap();
    let bytes = |name: &str| -> Vec<u8> {
        let text = line[name].as_str().unwrap();
        (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
    };
    let mut message = b"roomkey record checkpoint 1\n".to_vec();
    message.extend(line["seq"].as_u64().unwrap().to_be_bytes());
    message.extend(bytes("hash"));
    message.extend(line["at"].as_str().unwrap().bytes());
    let public = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, bytes("key"));
    assert!(public.verify(&message, &bytes("signature")).is_ok());
    message.push(b'!');
    assert!(public.verify(&message, &bytes("signature")).is_err());
}

#[tokio::test]
async fn a_syslog_gets_each_checkpoint_and_what_it_wrote_down_can_be_checked() {
    let log = Log::of_five().await;
    let udp = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = format!("udp://{}", udp.local_addr().unwrap()).parse().unwrap();
    let path = log.directory.path().join("log.socket");
    let unix = tokio::net::UnixDatagram::bind(&path).unwrap();
    let socket = format!("unix://{}", path.display()).parse().unwrap();
    let mut written = Vec::new();
    for to in [address, socket] {
        let config = config::Record { checkpoint_syslog: Some(to), ..config::Record::default() };
        log.checkpoints(&config).keep(log.head().await, "2027-01-15T08:00:00.000Z").await;
    }
    for kind in ["udp", "unix"] {
        let mut buffer = [0; 2_048];
        let length = if kind == "udp" { udp.recv(&mut buffer).await } else { unix.recv(&mut buffer).await }.unwrap();
        let line = std::str::from_utf8(&buffer[..length]).unwrap().to_owned();
        assert!(
            line.starts_with("<109>1 2027-01-15T08:00:00.000Z - roomkey - checkpoint - {\"at\":"),
            "{kind}: {line}"
        );
        written.push(line);
    }
    let file = log.directory.path().join("messages");
    std::fs::write(&file, format!("Jan 15 08:00:00 host other: hello\n{}\n", written.join("\n"))).unwrap();
    let kept = checkpoint::read_all(&file).unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(log.verdict(kept.clone()).await, Verdict::Whole(5));
    rewrite(&log, 3).await;
    assert!(matches!(broken(log.verdict(kept).await), Finding::WrongEnd { last: 3, expected: 5, .. }));
}

#[tokio::test]
async fn rows_that_the_index_hides_are_found() {
    for (statement, row) in [
        ("DELETE FROM record_index WHERE seq = 3", 3),
        ("UPDATE record_index SET actor = 'somebody else' WHERE seq = 4", 4),
        ("UPDATE record_index SET outcome = NULL WHERE seq = 6", 7),
        ("DELETE FROM record_objects", 6),
    ] {
        let log = Log::of_five().await;
        let store = log.open().await;
        let intent = r#"{"kind":"intent","actor":"a","vendor":"zoom","objects":{"groupId":"g"}}"#;
        store.append(intent, &log.chain).await.unwrap();
        store.append(r#"{"kind":"outcome","actor":"a","intent":6,"result":"applied"}"#, &log.chain).await.unwrap();
        store.close().await;
        assert_eq!(log.verdict(Vec::new()).await, Verdict::Whole(7));
        assert_eq!(broken(log.after(&[statement]).await), Finding::Hidden(row), "{statement}");
    }
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
    log.keep().await;
    for name in [key::KEY_FILE, key::SIGNING_KEY_FILE] {
        let mode = std::fs::metadata(log.directory.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
