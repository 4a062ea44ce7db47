//! Work spread over the cores.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::{Error, Result};

/// What `work` makes of each item, in the order of the items: all cores take the next item that
/// nobody has taken.
///
/// # Errors
/// The first error, in the order of the items.
pub(super) fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let slots: Vec<Mutex<Option<Result<R>>>> = items.iter().map(|_| Mutex::default()).collect();
    let next = AtomicUsize::new(0);
    let take = || {
        while let Some((item, slot)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).zip(slots.get(at))
        } {
            let made = work(item);
            if let Ok(mut slot) = slot.lock() {
                *slot = Some(made);
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 1..cores.min(items.len()) {
            scope.spawn(take);
        }
        take();
    });
    let taken = slots.into_iter().map(|slot| slot.into_inner().ok().flatten());
    taken
        .map(|made| made.unwrap_or_else(|| Err(Error::failure("a piece of work was not done"))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..100).collect();
        assert_eq!(side_by_side(&items, |i| Ok(i * 2)).unwrap()[99], 198);
        let odd = side_by_side(&items, |i| match i % 2 {
            0 => Ok(()),
            _ => Err(Error::failure(i.to_string())),
        });
        assert_eq!(odd.unwrap_err().to_string(), "1");
        assert!(side_by_side(&[] as &[u32], |_| Ok(())).unwrap().is_empty());
    }
}
