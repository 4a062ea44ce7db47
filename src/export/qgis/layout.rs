//! The page as a print layout: the map with its graticule, title, legend, scale bar, north arrow and
//! credits, where the map of this program has them.

use tumen_render::scene::{Color, Rect};
use tumen_render::spec::Theme;
use tumen_render::text::FaceStyle;

use super::furniture::{legend, scale_bar};
use super::project::{extent, wgs84};
use super::text::{foot, head};
use crate::error::Result;
use crate::export::element::Element;
use crate::export::map::MapExport;
use crate::export::style::Kind;
use crate::export::style::qml::{key, picture, plain, rgba, text_style};

const MM: f64 = 25.4 / 72.0;

/// Kinds of items, as QGIS numbers them.
const PAGE: u32 = 65638;
pub(super) const MAP: u32 = 65639;
const PICTURE: u32 = 65640;
pub(super) const LABEL: u32 = 65641;
pub(super) const LEGEND: u32 = 65642;
pub(super) const SCALE_BAR: u32 = 65646;

/// Names of items that others point to.
const NORTH_NAME: &str = "north arrow";
pub(super) const LEGEND_NAME: &str = "legend";
pub(super) const SCALE_BAR_NAME: &str = "scale bar";

/// The page of a map.
pub(super) fn layout(map: &MapExport) -> Result<Element> {
    let sheet = &map.sheet;
    let (width, height) = sheet.page;
    let mut items = Vec::new();
    items.push(map_item(map));
    items.extend(head(map));
    items.extend(foot(map));
    if let Some(place) = &sheet.stands.legend {
        items.push(legend(map, place));
    }
    if let Some((place, length, segments)) = &sheet.stands.scale_bar {
        items.push(scale_bar(map, place, length.to_m(), *segments));
    }
    if let (Some((place, _)), Some(mark)) = (&sheet.stands.north_arrow, &sheet.north_mark) {
        let image = item(PICTURE, NORTH_NAME, place).with("file", picture(mark)?).with_all(&[
            ("mode", "0"),
            ("resizeMode", "0"),
            ("anchorPoint", "4"),
            ("background", "false"),
            ("frame", "false"),
        ]);
        items.push(image);
    }
    let items = items.into_iter().enumerate().map(|(at, item)| item.with("zValue", at + 1));
    let name = crate::map::title(&map.spec).unwrap_or("Map");
    let page = item(PAGE, "page", &Rect::new(0.0, 0.0, width, height))
        .with_all(&[("background", "true"), ("frame", "false"), ("zValue", "0")])
        .child(paper(&sheet.theme));
    // Items are listed from the top.
    let mut listed: Vec<Element> = items.collect();
    listed.reverse();
    Ok(Element::new("Layout")
        .with("name", name)
        .with_all(&[("units", "mm"), ("printResolution", "300"), ("worldFileMap", "")])
        .child(Element::new("PageCollection").child(paper(&sheet.theme)).child(page))
        .children(listed))
}

/// The colour of the page.
fn paper(theme: &Theme) -> Element {
    plain(
        Kind::Areas,
        &[
            ("color", rgba(theme.paper)),
            ("style", "solid".to_owned()),
            ("outline_style", "no".to_owned()),
        ],
    )
}

/// An item in its place.
pub(super) fn item(kind: u32, name: &str, place: &Rect) -> Element {
    let mm = |pt: f32| format!("{:.3}", f64::from(pt) * MM);
    let at = format!("{},{},mm", mm(place.x0), mm(place.y0));
    let uuid = uuid(name);
    Element::new("LayoutItem")
        .with("type", kind)
        .with("id", name)
        .with("uuid", &uuid)
        .with("templateUuid", &uuid)
        .with("position", &at)
        .with("positionOnPage", &at)
        .with("size", format!("{},{},mm", mm(place.width()), mm(place.height())))
        .with_all(&[
            ("visibility", "1"),
            ("opacity", "1"),
            ("blendMode", "0"),
            ("itemRotation", "0"),
            ("referencePoint", "0"),
            ("positionLock", "false"),
            ("excludeFromExports", "0"),
            ("groupUuid", ""),
        ])
}

pub(super) fn uuid(item: &str) -> String {
    key("layout", item, 0)
}

pub(super) fn color(tag: &'static str, of: Color) -> Element {
    Element::new(tag).with("red", of.r).with("green", of.g).with("blue", of.b).with("alpha", of.a)
}

pub(super) fn frame(element: Element, theme: &Theme, width_mm: &str) -> Element {
    element
        .with("frame", "true")
        .with("outlineWidthM", format!("{width_mm},mm"))
        .with("frameJoinStyle", "miter")
        .child(color("FrameColor", theme.quiet.with_alpha(150)))
}

fn map_item(map: &MapExport) -> Element {
    let sheet = &map.sheet;
    let [west, south, east, north] = extent(map);
    // Names keep off what stands on the map.
    let blocking = [LEGEND_NAME, SCALE_BAR_NAME, NORTH_NAME];
    let blocking = blocking.map(|name| Element::new("item").with("uuid", uuid(name)));
    let mut item = item(MAP, "map", &sheet.map)
        .with_all(&[
            ("background", "true"),
            ("mapRotation", "0"),
            ("drawCanvasItems", "true"),
            ("followPreset", "false"),
            ("keepLayerSet", "false"),
            ("labelMargin", "0,mm"),
        ])
        .child(color("BackgroundColor", sheet.theme.sea))
        .child(
            Element::new("Extent")
                .with("xmin", west)
                .with("ymin", south)
                .with("xmax", east)
                .with("ymax", north),
        );
    item = item
        .with("frame", "true")
        .with("outlineWidthM", "0.18,mm")
        .child(color("FrameColor", sheet.theme.ink))
        .child(Element::new("labelBlockingItems").children(blocking));
    match sheet.graticule {
        Some((x, y)) => item.child(grid(&sheet.theme, x, y)),
        None => item,
    }
}

fn grid(theme: &Theme, x: f64, y: f64) -> Element {
    let line = plain(
        Kind::Lines,
        &[
            ("line_color", rgba(theme.graticule)),
            ("line_width", "0.35".to_owned()),
            ("line_width_unit", "Point".to_owned()),
            ("line_style", "solid".to_owned()),
        ],
    );
    // Whole degrees need no minutes.
    let minutes = [x, y].iter().any(|step| step.fract() > 0.0);
    let format = if minutes { "5" } else { "3" };
    Element::new("ComposerMapGrid")
        .with("name", "graticule")
        .with("uuid", uuid("graticule"))
        .with("show", 1)
        .with("intervalX", x)
        .with("intervalY", y)
        .with_all(&[
            ("offsetX", "0"),
            ("offsetY", "0"),
            ("unit", "0"),
            ("position", "3"),
            ("gridStyle", "0"),
            ("blendMode", "0"),
            ("gridFrameStyle", "1"),
            ("gridFrameWidth", "0.7"),
            ("gridFramePenThickness", "0.15"),
            ("gridFrameSideFlags", "15"),
            ("gridFrameMargin", "0"),
            ("showAnnotation", "1"),
            ("annotationPrecision", "0"),
            ("frameAnnotationDistance", "0.6"),
            ("leftAnnotationDirection", "1"),
            ("rightAnnotationDirection", "1"),
            ("topAnnotationDirection", "0"),
            ("bottomAnnotationDirection", "0"),
            // Parallels at the sides, meridians above and below.
            ("leftAnnotationDisplay", "1"),
            ("rightAnnotationDisplay", "1"),
            ("topAnnotationDisplay", "2"),
            ("bottomAnnotationDisplay", "2"),
            ("leftAnnotationPosition", "1"),
            ("rightAnnotationPosition", "1"),
            ("topAnnotationPosition", "1"),
            ("bottomAnnotationPosition", "1"),
        ])
        .with("annotationFormat", format)
        .with("gridFramePenColor", rgba(theme.ink))
        .with("frameFillColor1", rgba(theme.ink))
        .with("frameFillColor2", rgba(theme.paper))
        .child(Element::new("lineStyle").child(line))
        .child(wgs84())
        .child(text_style(5.5, FaceStyle::Regular, theme.ink, None))
}
