//! Locks of what requests share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Holds a lock, also one whose last holder panicked: what is locked here is whole at any time.
pub(in crate::web) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
