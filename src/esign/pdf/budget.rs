//! What is left of the budget of one examination.

use crate::esign::limits::Limits;
use std::cell::Cell;

/// Counts down; once spent, every reading and comparing stops.
#[derive(Debug)]
pub struct Budget {
    steps: Cell<u64>,
    bytes: Cell<usize>,
}

impl Budget {
    /// Takes the limits of one examination.
    pub fn new(limits: &Limits) -> Self {
        Self {
            steps: Cell::new(limits.max_steps),
            bytes: Cell::new(limits.max_unpacked_bytes),
        }
    }

    /// Spends steps; `None` once they are spent.
    pub fn spend(&self, steps: u64) -> Option<()> {
        match self.steps.get().checked_sub(steps) {
            Some(left) => {
                self.steps.set(left);
                Some(())
            }
            None => {
                self.steps.set(0);
                None
            }
        }
    }

    /// Spends steps for bytes that were looked through: a broken object may reach to the end of
    /// the file, and so may the next.
    pub fn spend_bytes(&self, bytes: usize) -> Option<()> {
        self.spend((bytes / 256) as u64)
    }

    /// Tells whether the steps are spent.
    pub fn is_spent(&self) -> bool {
        self.steps.get() == 0
    }

    /// Returns how many bytes may still be unpacked.
    pub fn bytes_left(&self) -> usize {
        self.bytes.get()
    }

    /// Counts unpacked bytes.
    pub fn unpacked(&self, bytes: usize) {
        self.bytes.set(self.bytes.get().saturating_sub(bytes));
    }
}
