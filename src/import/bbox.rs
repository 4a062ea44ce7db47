//! Which features a box takes.

use std::convert::Infallible;

use geo_types::Coord;
use tumen_geo_core::Bbox;
use tumen_geo_core::raw::RawGeometry;

/// Whether the box of a geometry, in degrees, touches `bbox`; that of one with a jump at ±180° goes
/// all around.
pub(super) fn touches(geometry: &mut RawGeometry, bbox: &Bbox) -> bool {
    let mut corners: Option<[Coord; 2]> = None;
    let Ok(()) = geometry.try_map(&mut |at: &mut Coord| {
        let [low, high] = corners.unwrap_or([*at, *at]);
        corners = Some([
            Coord { x: low.x.min(at.x), y: low.y.min(at.y) },
            Coord { x: high.x.max(at.x), y: high.y.max(at.y) },
        ]);
        Ok::<(), Infallible>(())
    });
    let own = corners.and_then(Bbox::around);
    own.is_some_and(|own| own.intersects(bbox))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_touch_across_the_antimeridian() {
        let mut line =
            RawGeometry::LineString(vec![Coord { x: 179.0, y: 60.0 }, Coord { x: 181.0, y: 62.0 }]);
        for (text, expected) in [
            ("178,59,179,60", true),
            ("-180,61,-179.5,63", true),
            ("179.5,50,-179,61", true),
            ("-179,61,-178,63", true),
            ("-178.9,61,-178,63", false),
            ("179,62.1,180,63", false),
        ] {
            assert_eq!(touches(&mut line, &text.parse().unwrap()), expected, "{text}");
        }
        assert!(!touches(&mut RawGeometry::Polygon(vec![]), &"-180,-90,180,90".parse().unwrap()));
    }
}
