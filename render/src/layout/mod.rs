//! Layout: what goes where on the page.
//!
//! [`compose`] is the whole way from a spec to a scene: the sheet, the frame, the layers, the
//! furniture, the names, in this order, because each takes the room that those before it leave.

mod along;
mod area_label;
mod arrow;
mod chart;
mod classes;
mod colour;
mod combine;
mod compose;
mod corners;
mod course;
mod describe;
mod draw;
mod flow;
mod furniture;
mod graticule;
mod hatch;
mod inner_point;
mod inset;
mod labels;
mod layers;
mod legend;
mod lettering;
mod line_label;
mod multiples;
mod north_arrow;
mod numbers;
mod outline;
mod palette;
mod path;
pub mod place;
mod region;
mod relief;
mod scale_bar;
mod setter;
mod sheet;
mod size;
mod soft;
mod symbol;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod ticks;
mod tone;

pub use compose::{Composed, Explain, compose};
