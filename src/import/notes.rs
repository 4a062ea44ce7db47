//! What there is to say of a file that was read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Remarks on a file, each said once with the number of features that it is of. A clone shares
/// them.
#[derive(Clone, Debug, Default)]
pub struct Notes(Arc<Mutex<BTreeMap<String, u64>>>);

impl Notes {
    /// Makes a remark on the file.
    pub fn say(&self, remark: impl Into<String>) {
        self.lock().insert(remark.into(), 0);
    }

    /// Makes a remark on a feature.
    pub fn count(&self, remark: &str) {
        let mut notes = self.lock();
        match notes.get_mut(remark) {
            Some(count) => *count += 1,
            None => drop(notes.insert(remark.to_owned(), 1)),
        }
    }

    /// The remarks in alphabetical order, those on features with their number.
    pub fn told(&self) -> Vec<String> {
        let told = |(remark, count): (&String, &u64)| match count {
            0 => remark.clone(),
            1 => format!("{remark} (1 feature)"),
            count => format!("{remark} ({count} features)"),
        };
        self.lock().iter().map(told).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_said_once() {
        let notes = Notes::default();
        notes.count("heights are left out");
        notes.clone().count("heights are left out");
        notes.say("columns lon and lat are taken for the position");
        notes.say("columns lon and lat are taken for the position");
        assert_eq!(
            notes.told(),
            ["columns lon and lat are taken for the position", "heights are left out (2 features)",]
        );
    }
}
