//! Work on a list by several threads, each with something of its own: a connection to the
//! catalog, a reader of a package. What comes back is in the order of the list, on any number
//! of threads.
//!
//! Not `rayon`: its threads own nothing, so that a connection would be locked for every item or
//! opened for every piece that the list is cut into. Where results go to disk while others are
//! still being made (`reading::index`, `reading::index::re_recognise`,
//! `custody::verify`, `reading::inspect`), threads and bounded channels stay.

use super::error::{Error, ErrorKind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::ScopedJoinHandle;

/// Gives every item to one of as many threads as there are in `own`, and returns what `work`
/// makes of them, in the order of the items. Begins no more once `is_over`.
///
/// # Errors
/// The first that a thread met; the others then begin no more.
pub(super) fn filter_map<Own, Item, Made, Work>(
    own: &mut [Own],
    items: &[Item],
    is_over: &(dyn Fn() -> bool + Sync),
    work: &Work,
) -> Result<Vec<Made>, Error>
where
    Own: Send,
    Item: Sync,
    Made: Send,
    Work: Fn(&mut Own, &Item) -> Result<Option<Made>, Error> + Sync,
{
    let next = AtomicUsize::new(0);
    let one_by_one = |own: &mut Own| {
        let mut made = Vec::new();
        while !is_over() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            match work(own, item) {
                Ok(one) => made.extend(one.map(|one| (at, one))),
                Err(error) => {
                    next.store(items.len(), Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
        Ok(made)
    };
    let one_by_one = &one_by_one;
    let ends: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = own
            .iter_mut()
            .map(|own| scope.spawn(move || one_by_one(own)))
            .collect();
        threads.into_iter().map(ScopedJoinHandle::join).collect()
    });
    let mut made = Vec::new();
    for end in ends {
        made.extend(end.unwrap_or_else(|_| Err(panicked()))?);
    }
    made.sort_by_key(|(at, _)| *at);
    Ok(made.into_iter().map(|(_, one)| one).collect())
}

/// Locks what threads share. A thread that fell over with it leaves it as it was: nothing here
/// is changed in more than one step.
pub(super) fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn panicked() -> Error {
    Error::new(
        ErrorKind::Internal,
        "salah satu pekerjaan berhenti mendadak",
        "a part of the work fell over",
    )
    .hint(
        "jalankan lagi; yang sudah tercatat tetap aman",
        "run again; what is recorded is safe",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    const NEVER: &(dyn Fn() -> bool + Sync) = &|| false;

    #[test]
    fn results_are_in_order_on_any_number_of_threads() {
        let items: Vec<u32> = (0..1000).collect();
        let expected: Vec<u32> = items.iter().filter(|n| **n % 3 == 0).copied().collect();
        for threads in [1, 2, 7] {
            let mut own = vec![0_u32; threads];
            let made = filter_map(&mut own, &items, NEVER, &|count: &mut u32, item| {
                *count += 1;
                Ok((item % 3 == 0).then_some(*item))
            });
            assert_eq!(made.unwrap(), expected);
            assert_eq!(own.iter().sum::<u32>(), 1000, "each item once");
        }
        let nothing = |_: &mut u8, _: &u8| Ok(None::<u8>);
        let none = filter_map(&mut [], &[1], NEVER, &nothing);
        assert!(none.unwrap().is_empty());
    }

    #[test]
    fn the_first_error_and_the_user_end_the_work() {
        let items: Vec<u32> = (0..1000).collect();
        let failing = |count: &mut u32, item: &u32| {
            *count += 1;
            match item {
                5 => Err(Error::new(ErrorKind::Archive, "rusak", "broken")),
                _ => Ok(Some(*item)),
            }
        };
        let mut own = [0];
        let error = filter_map(&mut own, &items, NEVER, &failing).unwrap_err();
        assert_eq!((error.message.en.as_str(), own), ("broken", [6]));
        let stopped = AtomicBool::new(false);
        let is_over = || stopped.load(Ordering::Relaxed);
        let made = filter_map(&mut [()], &items, &is_over, &|(), item| {
            stopped.store(*item == 3, Ordering::Relaxed);
            Ok(Some(*item))
        });
        assert_eq!(made.unwrap(), [0, 1, 2, 3], "what was made is kept");
    }

    #[test]
    fn a_thread_that_falls_over_is_an_error() {
        let fall = |(): &mut (), _: &u8| -> Result<Option<u8>, Error> { panic!("oops") };
        let error = filter_map(&mut [()], &[1], NEVER, &fall).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Internal);
    }
}
