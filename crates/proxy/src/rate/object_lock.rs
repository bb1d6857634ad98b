//! One write at a time for an object: Zoom refuses simultaneous writes to one user or group, and reading before and
//! after a write means something only when nobody writes in between. Holds in this process alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

type Turnstile = AsyncMutex<()>;

/// Locks by object.
#[derive(Debug, Default)]
pub struct ObjectLocks {
    turnstiles: Mutex<HashMap<String, Weak<Turnstile>>>,
}

/// Another write of the same object did not end in time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ObjectBusy;

/// The right to write an object; ends when dropped.
#[derive(Debug)]
pub struct ObjectGuard {
    _guard: OwnedMutexGuard<()>,
}

impl ObjectLocks {
    /// Waits for the object, up to `patience`.
    pub async fn lock(&self, object: &str, patience: Duration) -> Result<ObjectGuard, ObjectBusy> {
        let turnstile = self.turnstile(object);
        let guard = tokio::time::timeout(patience, turnstile.lock_owned()).await.map_err(|_| ObjectBusy)?;
        Ok(ObjectGuard { _guard: guard })
    }

    fn turnstile(&self, object: &str) -> Arc<Turnstile> {
        let mut turnstiles = self.turnstiles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turnstile) = turnstiles.get(object).and_then(Weak::upgrade) {
            return turnstile;
        }
        // Nobody holds these any more.
        turnstiles.retain(|_, turnstile| turnstile.strong_count() > 0);
        let turnstile = Arc::new(Turnstile::default());
        turnstiles.insert(object.to_owned(), Arc::downgrade(&turnstile));
        turnstile
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_millis(5);

    #[tokio::test]
    async fn a_second_write_of_the_object_waits_and_another_object_does_not() {
        let locks = ObjectLocks::default();
        let first = locks.lock("zoom:a", PATIENCE).await.expect("free");
        assert_eq!(locks.lock("zoom:a", PATIENCE).await.map(drop), Err(ObjectBusy));
        assert!(locks.lock("zoom:b", PATIENCE).await.is_ok());
        drop(first);
        assert!(locks.lock("zoom:a", PATIENCE).await.is_ok());
    }

    #[tokio::test]
    async fn objects_that_nobody_writes_are_forgotten() {
        let locks = ObjectLocks::default();
        for object in 0..100 {
            drop(locks.lock(&object.to_string(), PATIENCE).await);
        }
        assert_eq!(locks.turnstiles.lock().expect("not poisoned").len(), 1);
    }
}
