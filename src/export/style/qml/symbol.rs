//! Symbols of QGIS: the parts of a style as symbol layers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tumen_render::layout::marks::{head_mark, symbol_mark, tick_mark};
use tumen_render::layout::resolved::Sizes;
use tumen_render::paint::{Metadata, SvgOptions, svg};
use tumen_render::scene::{Color, Scene};
use tumen_render::spec::{Arrow, ArrowEnds, Hatch, Pattern, Symbol, SymbolShape, TickShape, Ticks};

use super::expression::{CORNERS, size};
use super::options::{UNIT, data_defined, option, options, rgba};
use crate::error::Result;
use crate::export::element::Element;
use crate::export::map::MapLayer;
use crate::export::style::{Kind, Part, Place, Warnings, short};

/// A symbol made of parts. `pass` is that of the lowest part where symbol levels are used.
pub(super) fn symbol(
    name: &str,
    layer: &MapLayer,
    parts: &[Part],
    pass: usize,
    warnings: &mut Warnings,
) -> Result<Element> {
    let mut writer = Writer { layer, sizes: layer.style.size.as_ref(), warnings };
    let mut layers = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        layers.extend(writer.part(part)?.into_iter().map(|l| l.with("pass", pass + at)));
    }
    if layers.is_empty() {
        // A symbol of QGIS has something to draw.
        layers.push(
            match layer.kind {
                Kind::Points => simple_marker("circle", 0.0, NOTHING, None, 0.0, &[]),
                Kind::Lines => simple_line(NOTHING, 0.0, &[], false, &[]),
                Kind::Areas => simple_fill(NOTHING, &[]),
            }
            .with("pass", pass),
        );
    }
    Ok(of_layers(name, layer.kind, layers))
}

const NOTHING: Color = Color::WHITE.with_alpha(0);

fn of_layers(name: &str, kind: Kind, layers: Vec<Element>) -> Element {
    let of = match kind {
        Kind::Points => "marker",
        Kind::Lines => "line",
        Kind::Areas => "fill",
    };
    Element::new("symbol")
        .with("type", of)
        .with("name", name)
        .with_all(&[("alpha", "1"), ("clip_to_extent", "1"), ("force_rhr", "0")])
        .children(layers)
}

/// A symbol of one plain layer.
pub(in crate::export) fn plain(kind: Kind, pairs: &[(&'static str, String)]) -> Element {
    let class = match kind {
        Kind::Points => "SimpleMarker",
        Kind::Lines => "SimpleLine",
        Kind::Areas => "SimpleFill",
    };
    of_layers("", kind, vec![layer_of(class, pairs).with("pass", 0)])
}

/// A symbol that another one is made of.
fn inner(kind: Kind, layers: Vec<Element>) -> Element {
    of_layers("@0@0", kind, layers.into_iter().map(|layer| layer.with("pass", 0)).collect())
}

fn layer_of(class: &'static str, pairs: &[(&'static str, String)]) -> Element {
    Element::new("layer")
        .with("class", class)
        .with_all(&[("enabled", "1"), ("locked", "0")])
        .child(options(pairs))
}

type Defined<'a> = &'a [(&'static str, String)];

fn defined(element: Element, properties: Defined<'_>) -> Element {
    if properties.is_empty() {
        element
    } else {
        element.child(data_defined("data_defined_properties", properties))
    }
}

fn simple_fill(color: Color, more: &[(&'static str, String)]) -> Element {
    let mut pairs = vec![
        ("color", rgba(color)),
        ("style", "solid".to_owned()),
        ("outline_style", "no".to_owned()),
    ];
    pairs.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    pairs.extend_from_slice(more);
    layer_of("SimpleFill", &pairs)
}

fn simple_line(color: Color, width_pt: f64, dash: &[f64], round: bool, by: Defined<'_>) -> Element {
    let lengths: Vec<String> = dash.iter().map(|length| short(*length)).collect();
    let mut pairs = vec![
        ("line_color", rgba(color)),
        ("line_width", short(width_pt)),
        ("line_width_unit", UNIT.to_owned()),
        ("line_style", "solid".to_owned()),
        ("capstyle", if round { "round" } else { "flat" }.to_owned()),
        ("joinstyle", "round".to_owned()),
        ("use_custom_dash", u8::from(!dash.is_empty()).to_string()),
    ];
    if !dash.is_empty() {
        pairs.extend([("customdash", lengths.join(";")), ("customdash_unit", UNIT.to_owned())]);
    }
    defined(layer_of("SimpleLine", &pairs), by)
}

fn simple_marker(
    name: &str,
    size_pt: f64,
    fill: Color,
    outline: Option<Color>,
    outline_pt: f64,
    by: Defined<'_>,
) -> Element {
    let style = if outline.is_some() && outline_pt > 0.0 { "solid" } else { "no" };
    let pairs = [
        ("name", name.to_owned()),
        ("size", short(size_pt)),
        ("size_unit", UNIT.to_owned()),
        ("scale_method", "diameter".to_owned()),
        ("color", rgba(fill)),
        ("outline_color", rgba(outline.unwrap_or(NOTHING))),
        ("outline_style", style.to_owned()),
        ("outline_width", short(outline_pt)),
        ("outline_width_unit", UNIT.to_owned()),
        ("joinstyle", "round".to_owned()),
        ("cap_style", "round".to_owned()),
    ];
    defined(layer_of("SimpleMarker", &pairs), by)
}

/// A mark of ours as a picture in the style itself.
fn svg_marker(mark: &Scene, angle: u32, by: Defined<'_>) -> Result<Element> {
    let pairs = [
        ("name", picture(mark)?),
        ("angle", angle.to_string()),
        ("size", short(f64::from(mark.width))),
        ("size_unit", UNIT.to_owned()),
        ("scale_method", "diameter".to_owned()),
    ];
    Ok(defined(layer_of("SvgMarker", &pairs), by))
}

/// A scene as an address that QGIS takes for a file.
pub(in crate::export) fn picture(mark: &Scene) -> Result<String> {
    let bytes = svg(mark, &Metadata::default(), SvgOptions { outlined: true })?;
    Ok(format!("base64:{}", BASE64.encode(bytes)))
}

struct Writer<'a> {
    layer: &'a MapLayer,
    sizes: Option<&'a Sizes>,
    warnings: &'a mut Warnings,
}

impl Writer<'_> {
    fn part(&mut self, part: &Part) -> Result<Vec<Element>> {
        Ok(match part {
            Part::Fill { color, soft_edge_pt } => vec![self.fill(*color, *soft_edge_pt)],
            Part::Hatch(hatch) => self.hatch(hatch),
            Part::Line { color, width_pt, dash, round, beyond_pt } => {
                let by: Vec<_> = self
                    .width()
                    .map(|sizes| ("outlineWidth", size(sizes, 1.0, *beyond_pt)))
                    .into_iter()
                    .collect();
                vec![simple_line(*color, *width_pt, dash, *round, &by)]
            }
            Part::Ticks(ticks, color) => vec![Self::ticks(ticks, *color)?],
            Part::Heads(arrow, color) => self.heads(arrow, *color)?,
            Part::Symbol(symbol, place) => {
                let marker = self.marker(symbol, *place)?;
                vec![match place {
                    Place::Point => marker,
                    Place::Middle => generated("point_on_surface($geometry)", vec![marker]),
                    Place::Corners => generated(CORNERS, vec![marker]),
                }]
            }
        })
    }

    /// Sizes that are widths of lines.
    fn width(&self) -> Option<&Sizes> {
        self.sizes.filter(|sizes| !sizes.area)
    }

    fn fill(&self, color: Color, soft_edge_pt: f64) -> Element {
        if soft_edge_pt > 0.0 {
            // A blur that reaches half of the width to either side of the edge.
            let blur = options(&[
                ("blend_mode", "0".to_owned()),
                ("blur_level", short(soft_edge_pt / 2.0)),
                ("blur_method", "0".to_owned()),
                ("blur_unit", UNIT.to_owned()),
                ("draw_mode", "2".to_owned()),
                ("enabled", "1".to_owned()),
                ("opacity", "1".to_owned()),
            ]);
            let effect = Element::new("effect").with("type", "blur").child(blur);
            let stack = Element::new("effect").with("type", "effectStack").with("enabled", 1);
            return simple_fill(color, &[]).child(stack.child(effect));
        }
        if self.layer.style.coverage && color.a == 255 {
            // A hair of its own colour closes the seams between areas.
            return simple_fill(
                color,
                &[
                    ("outline_style", "solid".to_owned()),
                    ("outline_color", rgba(color)),
                    ("outline_width", "0.2".to_owned()),
                    ("outline_width_unit", UNIT.to_owned()),
                ],
            );
        }
        simple_fill(color, &[])
    }

    fn hatch(&mut self, hatch: &Hatch) -> Vec<Element> {
        let Hatch { pattern, angle, spacing_pt, width_pt, color, also } = hatch;
        let colors: Vec<Color> = std::iter::once(color).chain(also).copied().collect();
        let count = colors.len() as f64;
        let lines = |angle: f64| {
            colors
                .iter()
                .enumerate()
                .map(move |(at, color)| {
                    let line = simple_line(*color, *width_pt, &[], false, &[]);
                    layer_of(
                        "LinePatternFill",
                        &[
                            ("angle", short(angle)),
                            ("distance", short(spacing_pt * count)),
                            ("distance_unit", UNIT.to_owned()),
                            ("offset", short(spacing_pt * at as f64)),
                            ("offset_unit", UNIT.to_owned()),
                        ],
                    )
                    .child(inner(Kind::Lines, vec![line]))
                })
                .collect::<Vec<_>>()
        };
        match pattern {
            Pattern::Lines => lines(*angle),
            Pattern::Cross => [lines(*angle), lines(*angle + 90.0)].concat(),
            Pattern::Dots => {
                if angle.rem_euclid(180.0) != 0.0 {
                    self.warnings.add(self.layer, "the rows of dots run level");
                }
                if !also.is_empty() {
                    self.warnings.add(self.layer, "the dots have one colour");
                }
                let dot = simple_marker("circle", *width_pt, *color, None, 0.0, &[]);
                let row = spacing_pt * 0.75_f64.sqrt();
                vec![
                    layer_of(
                        "PointPatternFill",
                        &[
                            ("distance_x", short(*spacing_pt)),
                            ("distance_x_unit", UNIT.to_owned()),
                            ("distance_y", short(row)),
                            ("distance_y_unit", UNIT.to_owned()),
                            ("displacement_x", short(spacing_pt / 2.0)),
                            ("displacement_x_unit", UNIT.to_owned()),
                        ],
                    )
                    .child(inner(Kind::Points, vec![dot])),
                ]
            }
        }
    }

    fn ticks(ticks: &Ticks, color: Color) -> Result<Element> {
        let Ticks { shape, every_pt, size_pt, width_pt, color: _ } = ticks;
        let marker = match shape {
            TickShape::Bar => simple_marker("line", *size_pt, color, Some(color), *width_pt, &[]),
            TickShape::Dot => simple_marker("circle", *size_pt, color, None, 0.0, &[]),
            TickShape::Left | TickShape::Wave | TickShape::Arrow => {
                svg_marker(&tick_mark(ticks, color), 0, &[])?
            }
        };
        Ok(marker_line(
            &[
                ("placement", "interval".to_owned()),
                ("interval", short(*every_pt)),
                ("interval_unit", UNIT.to_owned()),
                ("offset_along_line", short(every_pt / 2.0)),
                ("offset_along_line_unit", UNIT.to_owned()),
            ],
            marker,
        ))
    }

    fn heads(&self, arrow: &Arrow, color: Color) -> Result<Vec<Element>> {
        let ends: &[&str] = match arrow.at {
            ArrowEnds::End => &["lastvertex"],
            ArrowEnds::Both => &["lastvertex", "firstvertex"],
        };
        // The head of a line of proportional width is a multiple of it.
        let by: Vec<_> = self
            .width()
            .map(|sizes| ("size", size(sizes, 2.0 * arrow.size_pt, 0.0)))
            .into_iter()
            .collect();
        let head = |end: &&str| {
            let angle = if *end == "firstvertex" { 180 } else { 0 };
            let marker = svg_marker(&head_mark(arrow, color), angle, &by)?;
            Ok(marker_line(&[("placement", (*end).to_owned())], marker))
        };
        ends.iter().map(head).collect()
    }

    fn marker(&self, symbol: &Symbol, place: Place) -> Result<Element> {
        let Symbol { shape, size_pt, fill, stroke, stroke_width_pt } = symbol;
        let sizes = self.sizes.filter(|sizes| sizes.area && place != Place::Corners);
        let simple = |name: &str, share: f64| {
            let by: Vec<_> =
                sizes.map(|sizes| ("size", size(sizes, share, 0.0))).into_iter().collect();
            simple_marker(name, size_pt * share, *fill, *stroke, *stroke_width_pt, &by)
        };
        Ok(match shape {
            SymbolShape::Circle => simple("circle", 1.0),
            SymbolShape::Square => simple("square", 0.84),
            SymbolShape::Diamond => simple("diamond", 1.0),
            SymbolShape::Triangle => simple("equilateral_triangle", 1.0),
            SymbolShape::Target
            | SymbolShape::TriangleDown
            | SymbolShape::Star
            | SymbolShape::Anchor
            | SymbolShape::Cross
            | SymbolShape::Rail
            | SymbolShape::River
            | SymbolShape::Road => {
                let mark = symbol_mark(symbol);
                let share = f64::from(mark.width) / size_pt;
                let by: Vec<_> =
                    sizes.map(|sizes| ("size", size(sizes, share, 0.0))).into_iter().collect();
                svg_marker(&mark, 0, &by)?
            }
        })
    }
}

fn marker_line(pairs: &[(&'static str, String)], marker: Element) -> Element {
    let mut all = vec![("rotate", "1".to_owned())];
    all.extend_from_slice(pairs);
    layer_of("MarkerLine", &all).child(inner(Kind::Points, vec![marker]))
}

/// Markers at points that an expression finds.
fn generated(expression: &str, markers: Vec<Element>) -> Element {
    let table = Element::new("Option").with("type", "Map").children([
        option("SymbolType", "Marker", "QString"),
        option("geometryModifier", expression, "QString"),
        option("units", "MapUnit", "QString"),
    ]);
    Element::new("layer")
        .with("class", "GeometryGenerator")
        .with_all(&[("enabled", "1"), ("locked", "0")])
        .child(table)
        .child(inner(Kind::Points, markers))
}
