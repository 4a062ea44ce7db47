//! Frames for tests.

use geo_types::{Coord, Rect};
use tumen_geo_core::Bbox;

use crate::project::{Frame, choose};

/// A frame of 500 × 400 pt with its corner at (0, 0), for west, south, east, north.
pub(super) fn frame([west, south, east, north]: [f64; 4]) -> Frame {
    let extent = Bbox { west, south, east, north };
    let choice = choose(&extent, "auto").unwrap();
    let plane = Frame::plane_extent(&choice, &extent).unwrap();
    let rect = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 500.0, y: 400.0 });
    Frame::fit(choice, &plane, rect).unwrap()
}
