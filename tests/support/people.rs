//! Waiting for the people index: the background reads, the test asks as a person does. Must not look into the store.

use std::time::Duration;

use roomkey_schema::Role;
use roomkey_schema::people::Found;

use crate::site::Site;

/// How long something that must happen may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

impl Site {
    /// Lets the background work until the index is as wanted.
    pub async fn until_people(&self, wanted: impl Fn(&Found) -> bool) -> Found {
        let seen = async {
            loop {
                let answer = self.get(Role::Admin, "/api/people?q=").await.ok();
                let found: Found = serde_json::from_value(answer).expect("what was found");
                if wanted(&found) {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, seen).await.expect("the index is read")
    }

    /// Lets the background work until every vendor was read whole.
    pub async fn read_people(&self) {
        self.until_people(|found| found.sources.iter().all(|source| source.read_at.is_some() && !source.reading)).await;
    }
}
