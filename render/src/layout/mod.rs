//! Layout: what goes where on the page.
//!
//! [`compose`] is the whole way from a spec to a scene: the sheet, the frame, the layers, the
//! furniture, the names, in this order, because each takes the room that those before it leave.
//!
//! In the folders: what is in sight (`layers`), how it is drawn (`drawing`, `colour`), what stands on
//! the map (`furniture`), and its names (`labels`).

mod colour;
mod compose;
mod describe;
mod drawing;
mod furniture;
mod labels;
mod layers;
pub mod marks;
mod multiples;
pub mod resolved;
mod setter;
mod sheet;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use compose::{Composed, Explain, compose, sheet_size};
pub use labels::place;
