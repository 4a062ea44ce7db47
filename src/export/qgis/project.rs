//! The project file.

use tumen_render::scene::Color;

use super::credits::{attribution, metadata};
use super::layout::layout;
use super::tree::{id, source, tree};
use super::{Project, Warnings};
use crate::error::Result;
use crate::export::element::Element;
use crate::export::layer::GeometryType;
use crate::export::map::{MapExport, MapLayer};
use crate::export::style::qml::{DOCTYPE, VERSION, styled};

/// The whole file.
pub(super) fn project(of: &Project<'_>, warnings: &mut Warnings) -> Result<String> {
    let map = of.map;
    let title = crate::map::title(&map.spec).unwrap_or_default();
    let mut layers = Vec::new();
    for layer in &map.layers {
        layers.push(map_layer(of, layer, warnings)?);
    }
    let order = map.layers.iter().rev().map(|layer| Element::new("layer").with("id", id(layer)));
    let root = Element::new("qgis")
        .with("version", VERSION)
        .with("projectname", title)
        .child(Element::of_text("title", title))
        .child(Element::new("projectCrs").child(crs(map)))
        .child(tree(of))
        .child(canvas(map))
        .child(Element::new("projectlayers").children(layers))
        .child(Element::new("layerorder").children(order))
        .child(properties(map))
        .child(project_metadata(map, title))
        .child(Element::new("Layouts").child(layout(map)?));
    Ok(root.document(DOCTYPE))
}

/// The projection of the map, by its PROJ string.
fn crs(map: &MapExport) -> Element {
    let definition = &map.sheet.place.projection;
    let text = Element::of_text;
    Element::new("spatialrefsys").children([
        text("wkt", ""),
        text("proj4", definition),
        text("srsid", "0"),
        text("srid", "0"),
        text("authid", ""),
        text("description", ""),
        text("projectionacronym", ""),
        text("ellipsoidacronym", "EPSG:7030"),
        text("geographicflag", "false"),
    ])
}

/// Degrees on WGS 84.
pub(super) fn wgs84() -> Element {
    let text = Element::of_text;
    Element::new("spatialrefsys").children([
        text("wkt", ""),
        text("proj4", "+proj=longlat +datum=WGS84 +no_defs"),
        text("srsid", "3452"),
        text("srid", "4326"),
        text("authid", "EPSG:4326"),
        text("description", "WGS 84"),
        text("projectionacronym", "longlat"),
        text("ellipsoidacronym", "EPSG:7030"),
        text("geographicflag", "true"),
    ])
}

/// West, south, east and north of the map in its projection, metres.
pub(super) fn extent(map: &MapExport) -> [f64; 4] {
    let (place, rect) = (&map.sheet.place, &map.sheet.map);
    let x = |pt: f32| place.easting + f64::from(pt) * place.metres_per_pt;
    let y = |pt: f32| place.northing - f64::from(pt) * place.metres_per_pt;
    [x(rect.x0), y(rect.y1), x(rect.x1), y(rect.y0)]
}

fn canvas(map: &MapExport) -> Element {
    let [west, south, east, north] = extent(map);
    let text = |name, number: f64| Element::of_text(name, number.to_string());
    Element::new("mapcanvas")
        .with("name", "theMapCanvas")
        .with("annotationsVisible", 1)
        .child(Element::of_text("units", "meters"))
        .child(Element::new("extent").children([
            text("xmin", west),
            text("ymin", south),
            text("xmax", east),
            text("ymax", north),
        ]))
        .child(Element::of_text("rotation", "0"))
        .child(Element::new("destinationsrs").child(crs(map)))
}

fn map_layer(of: &Project<'_>, layer: &MapLayer, warnings: &mut Warnings) -> Result<Element> {
    let geometry = match layer.table.geometry {
        GeometryType::Point | GeometryType::MultiPoint => "Point",
        GeometryType::LineString | GeometryType::MultiLineString => "Line",
        GeometryType::Polygon | GeometryType::MultiPolygon => "Polygon",
        GeometryType::Mixed => "Unknown",
    };
    let element = Element::new("maplayer").with("type", "vector").with("geometry", geometry);
    let element = styled(element, layer, &of.map.spec.languages, warnings)?;
    let text = |name, text: &str| Element::of_text(name, text);
    Ok(element.children([
        text("id", &id(layer)),
        text("datasource", &source(of, layer)),
        text("layername", &layer.title(&of.map.spec.languages)),
        Element::new("srs").child(wgs84()),
        text("provider", "ogr").with("encoding", "UTF-8"),
        attribution(layer),
        metadata(of.map, layer),
    ]))
}

fn project_metadata(map: &MapExport, title: &str) -> Element {
    let text = Element::of_text;
    Element::new("projectMetadata")
        .children([
            text("title", title),
            text("type", "dataset"),
            text("abstract", &map.sheet.scale_line),
        ])
        .children(map.sheet.credits.iter().map(|credit| text("rights", credit)))
}

fn properties(map: &MapExport) -> Element {
    let int = |name, number: u8| Element::of_text(name, number.to_string()).with("type", "int");
    let Color { r, g, b, .. } = map.sheet.theme.sea;
    let time = map.spec.year.map(|year| {
        Element::new("TemporalControllerWidget").children([
            Element::of_text("StartDateTime", format!("{year}-01-01T00:00:00Z"))
                .with("type", "QString"),
            Element::of_text("EndDateTime", format!("{year}-12-31T23:59:59Z"))
                .with("type", "QString"),
        ])
    });
    Element::new("properties")
        // What no layer covers is water.
        .child(Element::new("Gui").children([
            int("CanvasColorRedPart", r),
            int("CanvasColorGreenPart", g),
            int("CanvasColorBluePart", b),
        ]))
        .child(Element::new("SpatialRefSys").child(int("ProjectionsEnabled", 1)))
        // More places are tried for names than by default.
        .child(Element::new("PAL").children([
            Element::of_text("CandidatesPolygonPerCM", "6").with("type", "double"),
            Element::of_text("CandidatesLinePerCM", "6").with("type", "double"),
            int("PlacementEngineVersion", 1),
        ]))
        .child(
            Element::new("Paths").child(Element::of_text("Absolute", "false").with("type", "bool")),
        )
        .child(
            Element::new("Measure")
                .child(Element::of_text("Ellipsoid", "EPSG:7030").with("type", "QString")),
        )
        .children(time)
}
