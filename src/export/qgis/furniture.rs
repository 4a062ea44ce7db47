//! What stands on the map of the page: legend and scale bar.

use tumen_render::scene::{Color, Rect};
use tumen_render::text::FaceStyle;

use super::layout::{LEGEND, LEGEND_NAME, SCALE_BAR, SCALE_BAR_NAME, color, frame, item, uuid};
use super::legend::tree;
use super::text::font;
use crate::export::element::Element;
use crate::export::map::{MapExport, one_line};
use crate::export::style::Kind;
use crate::export::style::qml::{plain, rgba, text_style};

pub(super) fn legend(map: &MapExport, place: &Rect) -> Element {
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
    frame(item(LEGEND, LEGEND_NAME, place), theme, "0.14")
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

pub(super) fn scale_bar(map: &MapExport, place: &Rect, metres: f64, segments: u32) -> Element {
    let theme = &map.sheet.theme;
    let (unit, name, size) =
        if metres >= 1000.0 { ("km", "km", 1000.0) } else { ("meters", "m", 1.0) };
    let fill = |tag: &'static str, of: Color| {
        Element::new(tag).child(plain(
            Kind::Areas,
            &[
                ("color", rgba(of)),
                ("outline_color", rgba(theme.ink)),
                ("outline_width", "0.1".to_owned()),
                ("outline_width_unit", "MM".to_owned()),
            ],
        ))
    };
    let line = plain(
        Kind::Lines,
        &[
            ("line_color", rgba(theme.ink)),
            ("line_width", "0.12".to_owned()),
            ("line_width_unit", "MM".to_owned()),
        ],
    );
    frame(item(SCALE_BAR, SCALE_BAR_NAME, place), theme, "0.14")
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
