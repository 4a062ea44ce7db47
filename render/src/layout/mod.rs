//! Layout: what goes where on the page.
//!
//! [`compose`] is the whole way from a spec to a scene: the sheet, the frame, the layers, the
//! furniture, the names, in this order, because each takes the room that those before it leave.

mod compose;
mod corners;
mod draw;
mod furniture;
mod graticule;
mod hatch;
mod inner_point;
mod inset;
mod labels;
mod layers;
mod legend;
mod line_label;
mod north_arrow;
mod path;
pub mod place;
mod scale_bar;
mod setter;
mod sheet;
mod soft;
mod symbol;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use compose::{Composed, Explain, compose};
