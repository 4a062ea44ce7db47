//! Shapes and pictures as items of the scene: fills, strokes, symbols, hatches, arrows, charts.

pub(super) mod along;
pub(super) mod arrow;
pub(super) mod chart;
pub(super) mod draw;
pub(super) mod flow;
pub(super) mod hatch;
pub(super) mod outline;
pub(super) mod path;
pub(super) mod relief;
pub(super) mod soft;
pub(super) mod symbol;
pub(super) mod ticks;
