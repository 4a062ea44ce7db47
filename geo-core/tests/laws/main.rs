//! What shapes, distances and queries must obey whatever the shapes: `proptest` looks for a breach,
//! among points, lines and areas from a metre to a hemisphere, at ±180° and at the poles.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests")]

mod distance;
mod door;
mod index;
mod shapes;
mod writing;

use proptest::test_runner::{Config, RngSeed};

/// So many cases, the same on every run.
fn cases(count: u32) -> Config {
    Config { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::with_cases(count) }
}
