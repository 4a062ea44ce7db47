//! How much of one feature is looked at; beyond, a sentence comes and not the end of the memory.

/// The most positions of a feature: about 2 GB in memory while it is checked.
pub const POSITIONS: usize = 10_000_000;

/// The most places where edges of one feature meet.
pub const MEETINGS: usize = 1_000_000;
