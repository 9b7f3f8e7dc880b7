//! What a worker process does to itself before it reads hostile bytes: a cap on its memory,
//! and a low priority so that the office PC stays usable. A worker over its cap dies alone.

/// Caps this process's memory at `bytes` and lowers its priority; best effort, because a
/// system that refuses either can still read documents.
#[cfg(unix)]
pub fn confine(bytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, nice, setrlimit};
    let old = getrlimit(Resource::As);
    let current = Some(old.maximum.map_or(bytes, |max| max.min(bytes)));
    let refused = setrlimit(
        Resource::As,
        Rlimit {
            current,
            maximum: old.maximum,
        },
    )
    .is_err();
    let not_nice = nice(10).is_err();
    if refused || not_nice {
        tracing::debug!(refused, not_nice, "worker not fully confined");
    }
}

/// Lowers this process's priority and keeps its working set below `bytes`; best effort. The
/// crate offers no hard cap on a process's memory: a bomb pages until its time is over.
#[cfg(windows)]
pub fn confine(bytes: u64) {
    use win32job::{ExtendedLimitInfo, Job, PriorityClass};
    /// The least working set Windows grants, in bytes.
    const LEAST: usize = 1 << 20;
    let mut info = ExtendedLimitInfo::new();
    info.limit_working_memory(LEAST, usize::try_from(bytes).unwrap_or(usize::MAX));
    info.limit_priority_class(PriorityClass::BelowNormal);
    let confined = Job::create_with_limit_info(&info)
        .and_then(|job| job.assign_current_process().map(|()| job));
    match confined {
        // The limits hold for as long as the job lives: until the process ends.
        Ok(job) => {
            job.into_handle();
        }
        Err(error) => tracing::debug!(%error, "worker not confined"),
    }
}

/// Does nothing where the system offers no way.
#[cfg(not(any(unix, windows)))]
pub fn confine(_bytes: u64) {}
