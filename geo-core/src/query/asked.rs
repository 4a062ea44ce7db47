//! The shape that a question is about, worked out as far as the question needs it.

use std::cell::OnceCell;

use geo_types::Coord;

use crate::geometry::Shape;
use crate::measure::contact::Measured;
use crate::measure::ecef::{Ecef, EcefBox, to_ecef};
use crate::measure::outline::Outline;
use crate::measure::shared::Boundary;
use crate::measure::slabs::{Side, Slabs};

/// A shape asked about. One point needs no outline to be measured from another.
pub(super) struct Asked<'a> {
    shape: &'a Shape,
    point: Option<(Coord, Ecef)>,
    outline: OnceCell<Outline>,
    slabs: OnceCell<Option<Slabs>>,
    boundary: OnceCell<Option<Boundary>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(shape: &'a Shape) -> Self {
        let point = shape.single_point().map(|at| (at, to_ecef(at)));
        Self {
            shape,
            point,
            outline: OnceCell::new(),
            slabs: OnceCell::new(),
            boundary: OnceCell::new(),
        }
    }

    /// Where it lies, if it is one point: in degrees and earth-centred.
    pub(super) fn point(&self) -> Option<(Coord, Ecef)> {
        self.point
    }

    /// A box that the whole shape lies in.
    pub(super) fn bounds(&self) -> EcefBox {
        match self.point {
            Some((_, at)) => EcefBox { low: at, high: at },
            None => self.measured().outline.bounds(),
        }
    }

    /// Where a position lies to the shape, if it is an area.
    pub(super) fn side(&self, at: Coord) -> Option<Side> {
        Some(self.slabs.get_or_init(|| Slabs::of(self.shape)).as_ref()?.side(at))
    }

    /// The boundary of an area of one ring.
    pub(super) fn boundary(&self) -> Option<&Boundary> {
        self.boundary.get_or_init(|| Boundary::of(self.shape)).as_ref()
    }

    pub(super) fn measured(&self) -> Measured<'_> {
        let outline = self.outline.get_or_init(|| Outline::of(self.shape));
        Measured { shape: self.shape, outline }
    }
}
