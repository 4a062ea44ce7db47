//! The page as a print layout: the map with its graticule, title, legend, scale bar, north arrow and
//! credits, where the map of this program has them.

use tumen_render::scene::{Color, Rect};
use tumen_render::spec::Theme;
use tumen_render::text::FaceStyle;

use super::legend::tree;
use super::project::{extent, wgs84};
use crate::error::Result;
use crate::export::element::Element;
use crate::export::map::{MapExport, one_line};
use crate::export::style::qml::{FAMILIES, key, options, picture, rgba, text_style};

const MM: f64 = 25.4 / 72.0;
/// Paper left free around everything, pt.
const MARGIN: f64 = 13.0;
/// Height of a line of text as a share of its size.
const LINE: f64 = 1.36;

/// Kinds of items, as QGIS numbers them.
const PAGE: u32 = 65638;
const MAP: u32 = 65639;
const PICTURE: u32 = 65640;
const LABEL: u32 = 65641;
const LEGEND: u32 = 65642;
const SCALE_BAR: u32 = 65646;

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
        let image = item(PICTURE, "north arrow", place).with("file", picture(mark)?).with_all(&[
            ("mode", "2"),
            ("resizeMode", "0"),
            ("anchorPoint", "4"),
            ("background", "false"),
            ("frame", "false"),
        ]);
        items.push(image);
    }
    let count = items.len();
    let items = items.into_iter().enumerate().map(|(at, item)| item.with("zValue", at + 1));
    let name = crate::map::title(&map.spec).unwrap_or("Map");
    let page = item(PAGE, "page", &Rect::new(0.0, 0.0, width, height))
        .with_all(&[("background", "true"), ("frame", "false"), ("zValue", "0")])
        .child(paper(&sheet.theme));
    // Items are listed from the top.
    let mut listed: Vec<Element> = items.collect();
    listed.reverse();
    debug_assert_eq!(listed.len(), count);
    Ok(Element::new("Layout")
        .with("name", name)
        .with_all(&[("units", "mm"), ("printResolution", "300"), ("worldFileMap", "")])
        .child(Element::new("PageCollection").child(paper(&sheet.theme)).child(page))
        .children(listed))
}

/// The colour of the page.
fn paper(theme: &Theme) -> Element {
    let fill = options(&[
        ("color", rgba(theme.paper)),
        ("style", "solid".to_owned()),
        ("outline_style", "no".to_owned()),
    ]);
    let layer = Element::new("layer")
        .with("class", "SimpleFill")
        .with_all(&[("enabled", "1"), ("locked", "0"), ("pass", "0")])
        .child(fill);
    Element::new("symbol")
        .with_all(&[
            ("type", "fill"),
            ("name", ""),
            ("alpha", "1"),
            ("clip_to_extent", "1"),
            ("force_rhr", "0"),
        ])
        .child(layer)
}

/// An item in its place.
fn item(kind: u32, name: &str, place: &Rect) -> Element {
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

fn uuid(item: &str) -> String {
    key("layout", item, 0)
}

fn color(tag: &'static str, of: Color) -> Element {
    Element::new(tag).with("red", of.r).with("green", of.g).with("blue", of.b).with("alpha", of.a)
}

fn frame(element: Element, theme: &Theme, width_mm: &str) -> Element {
    element
        .with("frame", "true")
        .with("outlineWidthM", format!("{width_mm},mm"))
        .with("frameJoinStyle", "miter")
        .child(color("FrameColor", theme.quiet.with_alpha(150)))
}

fn map_item(map: &MapExport) -> Element {
    let sheet = &map.sheet;
    let [west, south, east, north] = extent(map);
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
        .child(color("FrameColor", sheet.theme.ink));
    match sheet.graticule {
        Some((x, y)) => item.child(grid(&sheet.theme, x, y)),
        None => item,
    }
}

fn grid(theme: &Theme, x: f64, y: f64) -> Element {
    let line = options(&[
        ("line_color", rgba(theme.graticule)),
        ("line_width", "0.35".to_owned()),
        ("line_width_unit", "Point".to_owned()),
        ("line_style", "solid".to_owned()),
    ]);
    let line = Element::new("layer")
        .with("class", "SimpleLine")
        .with_all(&[("enabled", "1"), ("locked", "0"), ("pass", "0")])
        .child(line);
    let line = Element::new("symbol")
        .with_all(&[
            ("type", "line"),
            ("name", ""),
            ("alpha", "1"),
            ("clip_to_extent", "1"),
            ("force_rhr", "0"),
        ])
        .child(line);
    // Whole degrees need no minutes.
    let minutes = [x, y].iter().any(|step| step.fract() > 0.0);
    let format = if minutes { "4" } else { "1" };
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
            ("rightAnnotationDirection", "2"),
            ("topAnnotationDirection", "0"),
            ("bottomAnnotationDirection", "0"),
            ("leftAnnotationDisplay", "0"),
            ("rightAnnotationDisplay", "0"),
            ("topAnnotationDisplay", "0"),
            ("bottomAnnotationDisplay", "0"),
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

/// A font as Qt writes it.
fn font(size_pt: f64, face: FaceStyle) -> String {
    let weight = if face == FaceStyle::Bold { 75 } else { 50 };
    let italic = u8::from(face == FaceStyle::Italic);
    format!("{},{size_pt},-1,5,{weight},{italic},0,0,0,0", FAMILIES[0])
}

fn label(
    name: &str,
    text: &str,
    place: &Rect,
    size_pt: f64,
    face: FaceStyle,
    ink: Color,
) -> Element {
    item(LABEL, name, place)
        .with("labelText", text)
        .with_all(&[
            ("htmlState", "0"),
            ("halign", "1"),
            ("valign", "32"),
            ("marginX", "0"),
            ("marginY", "0"),
            ("background", "false"),
            ("frame", "false"),
        ])
        .child(Element::new("LabelFont").with("description", font(size_pt, face)).with("style", ""))
        .child(color("FontColor", ink))
}

/// Title and subtitle, each language in a line of its own.
fn head(map: &MapExport) -> Vec<Element> {
    let (sheet, spec) = (&map.sheet, &map.spec);
    let mut out = Vec::new();
    if !spec.furniture.title {
        return out;
    }
    let texts = [
        ("title", &spec.title, 15.0, FaceStyle::Bold, sheet.theme.ink),
        ("subtitle", &spec.subtitle, 9.0, FaceStyle::Regular, sheet.theme.quiet),
    ];
    let mut y = MARGIN - 2.0;
    for (name, text, size, face, ink) in texts {
        let Some(text) = text else { continue };
        for (at, (_, line)) in text.lines(&spec.languages).into_iter().enumerate() {
            let size = if at == 0 { size } else { size * 0.8 };
            let place = Rect::new(MARGIN, y, sheet.page.0 - MARGIN, y + size * LINE);
            out.push(label(&format!("{name} {}", at + 1), line, &place, size, face, ink));
            y += size * LINE * 0.92;
        }
        y += 2.0;
    }
    out
}

/// Notes, projection and scale, and credits.
fn foot(map: &MapExport) -> Option<Element> {
    let (sheet, spec) = (&map.sheet, &map.spec);
    let mut lines: Vec<String> =
        spec.notes.iter().map(|notes| one_line(notes, &spec.languages)).collect();
    if spec.furniture.credits {
        lines.push(sheet.scale_line.clone());
        lines.push(sheet.credits.join(" · "));
    }
    let band = if sheet.graticule.is_some() { 10.5 } else { 0.5 };
    let top = sheet.bottom + band + 2.5;
    let place = Rect::new(MARGIN, top, sheet.page.0 - MARGIN, sheet.page.1 - 2.0);
    let text = lines.join("\n");
    (!text.is_empty())
        .then(|| label("credits", &text, &place, 5.5, FaceStyle::Regular, sheet.theme.quiet))
}

fn legend(map: &MapExport, place: &Rect) -> Element {
    let (theme, spec) = (&map.sheet.theme, &map.spec);
    let title = spec.furniture.legend_title.as_ref().map(|title| one_line(title, &spec.languages));
    let style = |name: &str, top: &str, size: f64, face| {
        Element::new("style")
            .with("name", name)
            .with("alignment", 1)
            .with("indent", 0)
            .with("marginTop", top)
            .child(
                Element::new("styleFont").with("description", font(size, face)).with("style", ""),
            )
            .child(text_style(size, face, theme.ink, None))
    };
    let styles = [
        style("title", "0", 8.0, FaceStyle::Bold),
        style("group", "1.6", 7.2, FaceStyle::Bold),
        style("subgroup", "0.8", 6.8, FaceStyle::Regular),
        style("symbol", "0.8", 6.8, FaceStyle::Regular),
        style("symbolLabel", "0.8", 6.8, FaceStyle::Regular).with("marginLeft", "1.6"),
    ];
    let columns = spec.furniture.legend_columns.unwrap_or(1).max(1);
    frame(item(LEGEND, "legend", place), theme, "0.14")
        .with("title", title.unwrap_or_default())
        .with("map_uuid", uuid("map"))
        .with("columnCount", columns)
        .with("background", "true")
        .with("fontColor", format!("#{:02x}{:02x}{:02x}", theme.ink.r, theme.ink.g, theme.ink.b))
        .with_all(&[
            ("resizeToContents", "1"),
            ("legendFilterByMap", "0"),
            ("symbolWidth", "6"),
            ("symbolHeight", "2.9"),
            ("boxSpace", "1.8"),
            ("columnSpace", "4"),
            ("lineSpacing", "0.5"),
            ("symbolAlignment", "1"),
            ("titleAlignment", "1"),
            ("splitLayer", "1"),
            ("equalColumnWidth", "0"),
            ("wrapChar", ""),
        ])
        .child(color("BackgroundColor", theme.panel))
        .child(Element::new("styles").children(styles))
        .child(tree(map))
}

fn scale_bar(map: &MapExport, place: &Rect, metres: f64, segments: u32) -> Element {
    let theme = &map.sheet.theme;
    let (unit, name, size) =
        if metres >= 1000.0 { ("km", "km", 1000.0) } else { ("meters", "m", 1.0) };
    let fill = |tag: &'static str, of: Color| {
        let fill = options(&[
            ("color", rgba(of)),
            ("outline_color", rgba(theme.ink)),
            ("outline_width", "0.1".to_owned()),
            ("outline_width_unit", "MM".to_owned()),
        ]);
        let layer = Element::new("layer")
            .with("class", "SimpleFill")
            .with_all(&[("enabled", "1"), ("locked", "0"), ("pass", "0")])
            .child(fill);
        Element::new(tag).child(
            Element::new("symbol")
                .with_all(&[
                    ("type", "fill"),
                    ("name", ""),
                    ("alpha", "1"),
                    ("clip_to_extent", "1"),
                    ("force_rhr", "0"),
                ])
                .child(layer),
        )
    };
    let line = options(&[
        ("line_color", rgba(theme.ink)),
        ("line_width", "0.12".to_owned()),
        ("line_width_unit", "MM".to_owned()),
    ]);
    let line = Element::new("layer")
        .with("class", "SimpleLine")
        .with_all(&[("enabled", "1"), ("locked", "0"), ("pass", "0")])
        .child(line);
    let line = Element::new("symbol")
        .with_all(&[
            ("type", "line"),
            ("name", ""),
            ("alpha", "1"),
            ("clip_to_extent", "1"),
            ("force_rhr", "0"),
        ])
        .child(line);
    frame(item(SCALE_BAR, "scale bar", place), theme, "0.14")
        .with("mapUuid", uuid("map"))
        .with("unitType", unit)
        .with("unitLabel", name)
        .with("numMapUnitsPerScaleBarUnit", 1)
        .with("numUnitsPerSegment", metres / size / f64::from(segments))
        .with("numSegments", segments)
        .with("background", "true")
        .with_all(&[
            ("style", "Single Box"),
            ("numSegmentsLeft", "0"),
            ("segmentSizeMode", "0"),
            ("height", "0.9"),
            ("labelBarSpace", "0.8"),
            ("boxContentSpace", "1.3"),
            ("alignment", "0"),
            ("outlineWidth", "0.12"),
            ("minBarWidth", "50"),
            ("maxBarWidth", "150"),
        ])
        .child(color("BackgroundColor", theme.panel))
        .child(text_style(6.0, FaceStyle::Regular, theme.ink, None))
        .child(fill("fillSymbol1", theme.ink))
        .child(fill("fillSymbol2", theme.paper))
        .child(Element::new("lineSymbol").child(line.clone()))
        .child(Element::new("divisionLineSymbol").child(line.clone()))
        .child(Element::new("subdivisionLineSymbol").child(line))
}
