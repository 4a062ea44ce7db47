//! Parts of a style as symbolizers.

use tumen_render::layout::marks::{symbol_mark, tick_mark};
use tumen_render::layout::resolved::Sizes;
use tumen_render::paint::{Metadata, SvgOptions, svg};
use tumen_render::scene::{Color, Scene};
use tumen_render::spec::{
    Arrow, Hatch, LabelPlacement, LabelStyle, Pattern, Symbol, SymbolShape, TickShape, Ticks,
};
use tumen_render::text::FaceStyle;

use super::filter::{literal, property};
use super::{Pictures, pixels};
use crate::error::Result;
use crate::export::element::Element;
use crate::export::map::MapLayer;
use crate::export::style::{
    Kind, Part, Place, Warnings, has_column, hex, name_columns, opacity, short,
};

/// Writes the parts of the classes of a layer.
pub(super) struct Writer<'a> {
    pub(super) layer: &'a MapLayer,
    pub(super) pictures: &'a mut Pictures,
    pub(super) warnings: &'a mut Warnings,
}

fn parameter(name: &'static str, value: impl Into<String>) -> Element {
    Element::of_text("se:SvgParameter", value).with("name", name)
}

fn fill(color: Color) -> Element {
    Element::new("se:Fill")
        .child(parameter("fill", hex(color)))
        .child(parameter("fill-opacity", short(opacity(color))))
}

fn stroke(color: Color, width: Element) -> Element {
    Element::new("se:Stroke")
        .child(parameter("stroke", hex(color)))
        .child(parameter("stroke-opacity", short(opacity(color))))
        .child(width)
}

fn width(pt: f64) -> Element {
    parameter("stroke-width", pixels(pt))
}

fn mark(name: &str, color: Option<Color>, outline: Option<(Color, f64)>) -> Element {
    Element::new("se:Mark")
        .child(Element::of_text("se:WellKnownName", name))
        .children(color.map(fill))
        .children(outline.map(|(color, pt)| stroke(color, width(pt))))
}

/// A symbolizer that draws what cannot be seen.
pub(super) fn nothing(kind: Kind) -> Element {
    let clear = Color::WHITE.with_alpha(0);
    match kind {
        Kind::Points => Element::new("se:PointSymbolizer").child(
            Element::new("se:Graphic")
                .child(mark("circle", Some(clear), None))
                .child(Element::of_text("se:Size", "1")),
        ),
        Kind::Lines => Element::new("se:LineSymbolizer").child(stroke(clear, width(0.0))),
        Kind::Areas => Element::new("se:PolygonSymbolizer").child(fill(clear)),
    }
}

impl Writer<'_> {
    pub(super) fn part(&mut self, part: &Part) -> Result<Vec<Element>> {
        Ok(match part {
            Part::Fill { color, soft_edge_pt } => {
                if *soft_edge_pt > 0.0 {
                    self.warnings.add(self.layer, "SLD: the soft edge is sharp");
                }
                vec![Element::new("se:PolygonSymbolizer").child(fill(*color))]
            }
            Part::Hatch(hatch) => self.hatch(hatch),
            Part::Line { color, width_pt, dash, round, beyond_pt } => {
                vec![self.line(*color, *width_pt, dash, *round, *beyond_pt)]
            }
            Part::Ticks(ticks, color) => vec![self.ticks(ticks, *color)?],
            Part::Heads(arrow, color) => vec![self.heads(arrow, *color)],
            Part::Symbol(symbol, place) => self.symbol(symbol, *place)?,
        })
    }

    fn hatch(&mut self, hatch: &Hatch) -> Vec<Element> {
        let Hatch { pattern, angle, spacing_pt, width_pt, color, also } = hatch;
        if !also.is_empty() {
            self.warnings.add(self.layer, "SLD: stripes of several colours have one");
        }
        let eighth = (angle.rem_euclid(180.0) / 45.0).round() as u32 % 4;
        if (angle.rem_euclid(45.0)).min(45.0 - angle.rem_euclid(45.0)) > 1e-6 {
            self.warnings.add(self.layer, "SLD: the hatch is turned to the next half right angle");
        }
        // A tile of a slanting pattern is as wide as its lines are apart along the x axis.
        let slanting = spacing_pt * std::f64::consts::SQRT_2;
        let (name, size) = match (pattern, eighth) {
            (Pattern::Lines, 0) => ("shape://horline", *spacing_pt),
            (Pattern::Lines, 1) => ("shape://slash", slanting),
            (Pattern::Lines, 2) => ("shape://vertline", *spacing_pt),
            (Pattern::Lines, _) => ("shape://backslash", slanting),
            (Pattern::Cross, 0 | 2) => ("shape://plus", *spacing_pt),
            (Pattern::Cross, _) => ("shape://times", slanting),
            (Pattern::Dots, _) => ("shape://dot", *spacing_pt),
        };
        let mark = match pattern {
            Pattern::Dots => mark(name, Some(*color), Some((*color, *width_pt))),
            Pattern::Lines | Pattern::Cross => mark(name, None, Some((*color, *width_pt))),
        };
        let graphic =
            Element::new("se:Graphic").child(mark).child(Element::of_text("se:Size", pixels(size)));
        let fill = Element::new("se:Fill").child(Element::new("se:GraphicFill").child(graphic));
        vec![Element::new("se:PolygonSymbolizer").child(fill)]
    }

    /// Sizes that are widths of lines.
    fn widths(&self) -> Option<&Sizes> {
        self.layer.style.size.as_ref().filter(|sizes| !sizes.area)
    }

    fn line(
        &self,
        color: Color,
        width_pt: f64,
        dash: &[f64],
        round: bool,
        beyond_pt: f64,
    ) -> Element {
        let width = match self.widths() {
            Some(sizes) => Element::new("se:SvgParameter")
                .with("name", "stroke-width")
                .child(size(sizes, 1.0, beyond_pt)),
            None => width(width_pt),
        };
        let mut stroke = stroke(color, width)
            .child(parameter("stroke-linejoin", "round"))
            .child(parameter("stroke-linecap", if round { "round" } else { "butt" }));
        if !dash.is_empty() {
            let lengths: Vec<String> = dash.iter().map(|pt| pixels(*pt)).collect();
            stroke = stroke.child(parameter("stroke-dasharray", lengths.join(" ")));
        }
        Element::new("se:LineSymbolizer").child(stroke)
    }

    fn ticks(&mut self, ticks: &Ticks, color: Color) -> Result<Element> {
        let Ticks { shape, every_pt, size_pt, width_pt, color: _ } = ticks;
        let (graphic, pt) = match shape {
            TickShape::Bar => (mark("shape://vertline", None, Some((color, *width_pt))), *size_pt),
            TickShape::Dot => (mark("circle", Some(color), None), *size_pt),
            TickShape::Left | TickShape::Wave | TickShape::Arrow => {
                let scene = tick_mark(ticks, color);
                let name = format!("{}-tick", self.layer.table.name);
                (self.picture(&name, &scene)?, f64::from(scene.height))
            }
        };
        let graphic = Element::new("se:Graphic")
            .child(graphic)
            .child(Element::of_text("se:Size", pixels(pt)));
        let number = |name, pt: f64| Element::new(name).child(literal(&pixels(pt)));
        let along = Element::new("se:GraphicStroke")
            .child(graphic)
            .child(number("se:InitialGap", every_pt / 2.0))
            .child(number("se:Gap", (every_pt - pt).max(0.0)));
        Ok(Element::new("se:LineSymbolizer").child(Element::new("se:Stroke").child(along)))
    }

    /// The heads of lines, with the functions of GeoServer for their ends.
    fn heads(&mut self, arrow: &Arrow, color: Color) -> Element {
        let Arrow { size_pt, at: _ } = arrow;
        self.warnings.add(self.layer, "SLD: heads only at the end, by functions of GeoServer");
        let function = |name: &str| {
            Element::new("ogc:Function").with("name", name).child(property("geometry"))
        };
        let size_of = match self.widths() {
            Some(sizes) => Element::new("se:Size").child(size(sizes, *size_pt, 0.0)),
            None => Element::of_text("se:Size", pixels(*size_pt)),
        };
        let graphic = Element::new("se:Graphic")
            .child(mark("shape://arrow", Some(color), None))
            .child(size_of)
            .child(Element::new("se:Rotation").child(function("endAngle")));
        Element::new("se:PointSymbolizer")
            .child(Element::new("se:Geometry").child(function("endPoint")))
            .child(graphic)
    }

    fn symbol(&mut self, symbol: &Symbol, place: Place) -> Result<Vec<Element>> {
        if place == Place::Corners {
            self.warnings.add(self.layer, "SLD: no symbols at corners");
            return Ok(Vec::new());
        }
        let Symbol { shape, size_pt, fill, stroke, stroke_width_pt } = symbol;
        let outline =
            stroke.filter(|_| *stroke_width_pt > 0.0).map(|color| (color, *stroke_width_pt));
        let named = |name: &str| mark(name, Some(*fill), outline);
        // Share of the symbol's size, the graphic, and how it is turned.
        let (share, graphic, turn) = match shape {
            SymbolShape::Circle => (1.0, named("circle"), 0),
            SymbolShape::Square => (0.84, named("square"), 0),
            SymbolShape::Diamond => (std::f64::consts::FRAC_1_SQRT_2, named("square"), 45),
            SymbolShape::Triangle => (0.87, named("triangle"), 0),
            SymbolShape::TriangleDown => (0.87, named("triangle"), 180),
            SymbolShape::Star => (1.0, named("star"), 0),
            SymbolShape::Cross => (1.0, named("cross"), 0),
            SymbolShape::Target
            | SymbolShape::Anchor
            | SymbolShape::Rail
            | SymbolShape::River
            | SymbolShape::Road => {
                let scene = symbol_mark(symbol);
                let name =
                    format!("{shape:?}-{}", hex(*fill).trim_start_matches('#')).to_lowercase();
                let picture = self.picture(&name, &scene)?;
                (f64::from(scene.height) / size_pt, picture, 0)
            }
        };
        let sizes = self.layer.style.size.as_ref().filter(|sizes| sizes.area);
        let size_of = match sizes {
            Some(sizes) => Element::new("se:Size").child(size(sizes, share, 0.0)),
            None => Element::of_text("se:Size", pixels(size_pt * share)),
        };
        let mut all = Element::new("se:Graphic").child(graphic).child(size_of);
        if turn != 0 {
            all = all.child(Element::of_text("se:Rotation", turn.to_string()));
        }
        Ok(vec![Element::new("se:PointSymbolizer").child(all)])
    }

    /// A picture in the folder `symbols` beside the style.
    fn picture(&mut self, name: &str, scene: &Scene) -> Result<Element> {
        let file = format!("symbols/{name}.svg");
        let bytes = svg(scene, &Metadata::default(), SvgOptions { outlined: true })?;
        let resource = Element::new("se:OnlineResource")
            .with_all(&[("xlink:type", "simple")])
            .with("xlink:href", &file);
        self.pictures.insert(file, bytes);
        Ok(Element::new("se:ExternalGraphic")
            .child(resource)
            .child(Element::of_text("se:Format", "image/svg+xml")))
    }
}

/// The size that a number gives, times `factor` plus `more` pt, in pixels. The square root of areas
/// is a function of GeoServer.
fn size(sizes: &Sizes, factor: f64, more: f64) -> Element {
    let Sizes { property: name, largest, largest_pt, smallest_pt: _, area } = sizes;
    let share = Element::new("ogc:Div").child(property(name)).child(literal(&largest.to_string()));
    let share =
        if *area { Element::new("ogc:Function").with("name", "sqrt").child(share) } else { share };
    let size = Element::new("ogc:Mul").child(share).child(literal(&pixels(largest_pt * factor)));
    if more > 0.0 {
        Element::new("ogc:Add").child(size).child(literal(&pixels(more)))
    } else {
        size
    }
}

/// The names of features; nothing when they have none.
pub(super) fn text(
    layer: &MapLayer,
    labels: &LabelStyle,
    languages: &[String],
    warnings: &mut Warnings,
) -> Option<Element> {
    let LabelStyle {
        field,
        size_pt,
        face,
        color,
        halo,
        letter_spacing_pt,
        uppercase,
        priority: _,
        priority_field: _,
        placement,
        wrap_pt,
        second: _,
        one_language: _,
        max_rank,
        quiet: _,
        min_scale: _,
        max_scale: _,
    } = labels;
    if *letter_spacing_pt > 0.0 || *uppercase || wrap_pt.is_some() || max_rank.is_some() {
        warnings.add(layer, "SLD: names without letter spacing, capitals, line breaks and ranks");
    }
    let (wanted, rest) = name_columns(layer, labels, languages);
    let shown = match (field.as_str(), wanted.first()) {
        ("name", Some(column)) => column,
        ("name", None) => rest.first()?,
        (field, _) => {
            layer.table.fields.iter().find(|f| f.name == field).map(|_| labels).map(|l| &l.field)?
        }
    };
    if wanted.len() > 1 && field == "name" {
        warnings.add(layer, "SLD: names in the first language only");
    }
    debug_assert!(has_column(layer, shown));
    let font = Element::new("se:Font")
        .child(parameter("font-family", "Noto Sans"))
        .child(parameter(
            "font-style",
            if *face == FaceStyle::Italic { "italic" } else { "normal" },
        ))
        .child(parameter("font-weight", if *face == FaceStyle::Bold { "bold" } else { "normal" }))
        .child(parameter("font-size", pixels(*size_pt)));
    let middle = Element::new("se:PointPlacement").child(
        Element::new("se:AnchorPoint")
            .child(Element::of_text("se:AnchorPointX", "0.5"))
            .child(Element::of_text("se:AnchorPointY", "0.5")),
    );
    let beside = Element::new("se:PointPlacement")
        .child(
            Element::new("se:AnchorPoint")
                .child(Element::of_text("se:AnchorPointX", "0"))
                .child(Element::of_text("se:AnchorPointY", "0.5")),
        )
        .child(
            Element::new("se:Displacement")
                .child(Element::of_text("se:DisplacementX", pixels(5.0)))
                .child(Element::of_text("se:DisplacementY", "0")),
        );
    let place = match (layer.kind, placement) {
        (Kind::Lines, _) => Element::new("se:LinePlacement"),
        (Kind::Points, LabelPlacement::Point) => beside,
        (Kind::Points | Kind::Areas, _) => middle,
    };
    let halo = halo.map(|halo| {
        Element::new("se:Halo")
            .child(Element::of_text("se:Radius", pixels(halo.width_pt)))
            .child(fill(halo.color))
    });
    Some(
        Element::new("se:TextSymbolizer")
            .child(Element::new("se:Label").child(property(shown)))
            .child(font)
            .child(Element::new("se:LabelPlacement").child(place))
            .children(halo)
            .child(fill(*color)),
    )
}
