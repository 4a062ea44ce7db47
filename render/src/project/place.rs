//! Where a map lies on the ground.

/// How points of the page are positions of the projection, for files that a GIS puts in place:
/// easting and northing in metres of the page's point (x, y) in pt are
/// `easting + x * metres_per_pt` and `northing - y * metres_per_pt`.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPlace {
    /// Name and place of the projection, for the reader.
    pub name: String,
    /// The projection as a PROJ string, or a code or WKT where PROJ computes it.
    pub projection: String,
    /// The code of the system, such as `EPSG:32652`, where a registry has it.
    pub code: Option<String>,
    /// Easting of the left edge of the page, metres.
    pub easting: f64,
    /// Northing of the top edge of the page, metres.
    pub northing: f64,
    /// Metres of the projection for one pt of the page.
    pub metres_per_pt: f64,
}
