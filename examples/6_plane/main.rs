//! How far off the plane is: the chapter `docs/plane.md`, computed. Without an argument it is printed;
//! with a folder, the lines of its figures are written there as GeoJSON.

mod areas;
mod borders;
mod bounds;
mod edges;
mod figures;
mod nearest;
mod oracle;
mod plane;
mod rings;

use std::collections::BTreeMap;
use std::io::{Write, stdout};
use std::path::Path;

use tumen::geo_core::LonLat;
use tumen::geo_core::model::{Catalogue, Feature};
use tumen::{Error, Result};

/// What the chapter is written from and to.
struct Chapter<'a> {
    catalogue: &'a Catalogue,
    page: &'a mut dyn Write,
    /// Numbers that other programs have computed, too, by the names they have there.
    numbers: BTreeMap<String, f64>,
}

impl Chapter<'_> {
    fn feature(&self, id: &str) -> Result<&Feature> {
        Ok(self.catalogue.find(id)?)
    }

    fn place(&self, id: &str) -> Result<LonLat> {
        position(self.feature(id)?)
    }
}

/// Where a feature that is a point lies.
fn position(feature: &Feature) -> Result<LonLat> {
    let at = feature.shape.points().first().ok_or_else(|| {
        Error::usage(format!("{} is no point", feature.name())).with_hint("name a place or a port")
    })?;
    Ok(LonLat::new(at.x(), at.y())?)
}

const START: &str = "\
# Why the plane is wrong here, in numbers

Longitude and latitude are angles. A program that takes them for x and y, or that measures on the
sheet of a map, answers fast and without a warning, and the answer is about some other earth. This page
puts a number on it for the Tumen and its neighbours. *Ellipsoid* is what `tumen` answers: WGS 84,
geodesics by Karney's algorithms. Everything else is one of the usual short cuts, computed from the
same positions by [the program that prints this page](../examples/6_plane):
`cargo run --example 6_plane > docs/plane.md`; a test holds the two together. What GeographicLib and
PROJ say of the same numbers stands [at the end](#the-same-numbers-by-other-programs).

The positions are those of the catalogue. Some are known to a kilometre only (`tumen measure` says
which): the differences shown here are between two ways to compute with the same position.
";

fn main() -> Result<()> {
    let catalogue = tumen::catalogue()?;
    if let Some(folder) = std::env::args().nth(1) {
        return figures::write(&catalogue, Path::new(&folder));
    }
    let mut page = stdout().lock();
    write!(page, "{START}")?;
    let numbers = BTreeMap::new();
    let mut chapter = Chapter { catalogue: &catalogue, page: &mut page, numbers };
    edges::write(&mut chapter)?;
    areas::write(&mut chapter)?;
    edges::write_overlaps(&mut chapter)?;
    nearest::write(&mut chapter)?;
    nearest::write_sphere(&mut chapter)?;
    bounds::write(&mut chapter)?;
    rings::write(&mut chapter)?;
    borders::write(&mut chapter)?;
    oracle::write(&mut chapter)
}
