//! The layers of a map as tables, each with the style that the map draws it in.

mod table;

use std::collections::BTreeMap;

use geo_types::Geometry;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::{Bbox, Length, LonLat, Shape};
use tumen_render::layout::resolved::{Resolved, ResolvedLayer};
use tumen_render::project::cutout;
use tumen_render::resolve;
use tumen_render::spec::{LocalText, MapData as _, MapFeature, MapSpec};
use tumen_render::text::FontBook;

use self::table::Table;
use super::layer::{Layer, Row, Writer};
use super::style::Kind;
use crate::atlas::Atlas;
use crate::error::Result;
use crate::map::over_base;

/// A place of the base map nearer than this to one of the map of the same name is left out, as its
/// name is on the map, pt.
const SAME_PT: f64 = 26.0;
/// How far beyond the frame layers of the base map go, as a share of its size.
const MARGIN: f64 = 0.25;

/// A map to be opened in another program.
#[derive(Debug)]
pub struct MapExport {
    /// The spec over its base map.
    pub spec: MapSpec,
    /// The sheet; the features of its layers have become rows of `layers`.
    pub sheet: Resolved,
    /// The layers with features, first at the bottom.
    pub layers: Vec<MapLayer>,
    /// What could not be taken along.
    pub warnings: Vec<String>,
}

/// A layer of one kind of geometry.
#[derive(Debug)]
pub struct MapLayer {
    /// Its columns; its name is that of files and tables.
    pub table: Layer,
    /// How it is drawn; without its features.
    pub style: ResolvedLayer,
    /// The kind of its geometries.
    pub kind: Kind,
    /// Columns that are lists of texts, parted by `"; "`.
    pub lists: Vec<String>,
    /// The number of features of each class.
    pub counts: Vec<usize>,
    /// Whose data it is.
    pub credits: Vec<String>,
    pub(super) rows: Vec<(Shape, Vec<serde_json::Value>, usize)>,
}

impl MapLayer {
    /// Writes its features.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, mut writer: Box<dyn Writer + '_>) -> Result<()> {
        for (shape, cells, _) in &self.rows {
            writer.write(&Row { shape, cells })?;
        }
        writer.finish()
    }

    /// Whether it is of the base map.
    pub fn is_base(&self) -> bool {
        self.style.source.starts_with("base:")
    }

    /// The title in the languages of the map, in one line; the id where there is none.
    pub fn title(&self, languages: &[String]) -> String {
        self.style
            .title
            .as_ref()
            .map_or_else(|| self.style.id.clone(), |text| one_line(text, languages))
    }
}

/// A text in the languages of a map, one after the other.
pub(super) fn one_line(text: &LocalText, languages: &[String]) -> String {
    text.lines(languages).iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ")
}

impl MapExport {
    /// The layers of the map that `spec` asks for, as far as they are in sight; those of the base map
    /// end a quarter of the frame beyond it.
    ///
    /// # Errors
    /// As [`draw`](crate::map::draw); when a shape is smaller than the last decimal written, 1 cm.
    pub fn new(spec: &MapSpec, atlas: &Atlas, fonts: &FontBook) -> Result<Self> {
        let spec = over_base(spec)?;
        let mut sheet = resolve(&spec, atlas, fonts)?;
        let ground = around(&sheet.bbox);
        let named = named_points(&sheet);
        let near = Length::m(SAME_PT * sheet.place.metres_per_pt);
        let (mut layers, mut warnings) = (Vec::new(), Vec::new());
        for mut style in std::mem::take(&mut sheet.layers) {
            if style.relief.is_some() {
                warnings.push(format!("{}: the shaded relief is a picture, not a layer", style.id));
                continue;
            }
            let mut features = std::mem::take(&mut style.features);
            if style.source.starts_with("base:") {
                features.retain_mut(|(feature, _)| {
                    if named.iter().any(|point| point.is(feature, near)) {
                        return false;
                    }
                    let cut = cutout(&feature.geometry, &ground);
                    cut.is_some_and(|cut| {
                        feature.geometry = cut;
                        true
                    })
                });
            }
            let credits = atlas.credits(&[style.source.as_str()]);
            for (kind, part) in table::by_kind(features) {
                let name = match (kind, layers.last()) {
                    (_, Some(MapLayer { style: before, .. })) if before.id == style.id => {
                        format!("{}-{}", style.id, kind.name())
                    }
                    _ => style.id.clone(),
                };
                let Table { layer, lists, rows } =
                    Table::new(&name, &style, &part, &spec.languages)?;
                let count = |class| part.iter().filter(|(_, of)| *of == class).count();
                let counts = (0..style.classes.len()).map(count).collect();
                let (style, credits) = (style.clone(), credits.clone());
                layers.push(MapLayer { table: layer, style, kind, lists, counts, credits, rows });
            }
        }
        Ok(Self { spec, sheet, layers, warnings })
    }
}

/// A point that the map names, by its name in each language.
struct NamedPoint {
    names: BTreeMap<String, String>,
    at: LonLat,
}

impl NamedPoint {
    /// Whether a feature is a point of that name, so that a second name would say nothing.
    fn is(&self, feature: &MapFeature, near: Length) -> bool {
        let Geometry::Point(point) = &feature.geometry else { return false };
        let same = |(language, name): (&String, &String)| self.names.get(language) == Some(name);
        feature.names.iter().any(same)
            && Geodesic::distance(self.at, LonLat::wrap(point.x(), point.y())) <= near
    }
}

/// The points of the map itself that have a name and labels.
fn named_points(sheet: &Resolved) -> Vec<NamedPoint> {
    let own = sheet.layers.iter().filter(|layer| !layer.source.starts_with("base:"));
    let labelled = own.flat_map(|layer| {
        layer.features.iter().filter(move |(_, class)| layer.classes[*class].labels.is_some())
    });
    labelled
        .filter_map(|(feature, _)| {
            let Geometry::Point(point) = &feature.geometry else { return None };
            let at = LonLat::wrap(point.x(), point.y());
            Some(NamedPoint { names: feature.names.clone(), at })
        })
        .collect()
}

/// A box and a margin around it.
fn around(bbox: &Bbox) -> Bbox {
    let (dx, dy) = (bbox.width_degrees() * MARGIN, (bbox.north - bbox.south) * MARGIN);
    let (south, north) = ((bbox.south - dy).max(-90.0), (bbox.north + dy).min(90.0));
    if bbox.width_degrees() + 2.0 * dx >= 360.0 {
        return Bbox { west: -180.0, south, east: 180.0, north };
    }
    let wrapped = |lon: f64| (lon + 180.0).rem_euclid(360.0) - 180.0;
    Bbox { west: wrapped(bbox.west - dx), south, east: wrapped(bbox.east + dx), north }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layers_of_a_map_are_those_that_it_draws() {
        let (spec, folder) = crate::map::spec("small-triangle").unwrap();
        let atlas = Atlas::built_in(folder);
        let map = MapExport::new(&spec, &atlas, &crate::fonts().unwrap()).unwrap();
        let names: Vec<&str> = map.layers.iter().map(|layer| layer.table.name.as_str()).collect();
        let place = |name: &str| names.iter().position(|n| *n == name).unwrap();
        assert!(place("land") < place("zones") && place("zones") < place("triangle"), "{names:?}");
        assert!(!names.contains(&"far-borders"), "it shows at other scales: {names:?}");
        let ports = &map.layers[place("border-ports")];
        assert_eq!(ports.lists, ["countries", "modes"]);
        assert_eq!(ports.counts.iter().sum::<usize>(), ports.rows.len());
        let land = &map.layers[place("land")];
        let ground = around(&map.sheet.bbox);
        let inside = |(shape, ..): &(Shape, Vec<serde_json::Value>, usize)| {
            // Rounded to 7 decimals.
            shape.positions().all(|at| at.x >= ground.west - 0.5e-7)
        };
        assert!(land.rows.iter().all(inside));
        assert!(map.layers[place("zones")].rows.len() == 1);
    }
}
