//! The parts of a map's layer as layers of a MapLibre style.

use serde_json::{Map, Value as Json, json};
use tumen_render::layout::marks::{hatch_tile, head_mark, symbol_mark, tick_mark};
use tumen_render::scene::Color;
use tumen_render::spec::{Arrow, Hatch, LabelPlacement, LabelStyle, Symbol, Ticks};
use tumen_render::text::FaceStyle;

use super::expression::{filter, label, px, size};
use super::{list, round};
use crate::export::map::MapLayer;
use crate::export::style::sprite::PIXELS;
use crate::export::style::{Kind, Part, Place, Sprite, Warnings, hex, opacity, parts_of};

/// A hatch is repeated in its tile until it fits whole pixels, up to this size.
const LARGEST_TILE: f64 = 128.0;

/// Writes the layers of one layer of a map.
pub(super) struct Writer<'a> {
    pub(super) layer: &'a MapLayer,
    pub(super) languages: &'a [String],
    /// From scale denominators to zooms.
    pub(super) zoom: &'a dyn Fn(f64) -> f64,
    pub(super) sprite: &'a mut Sprite,
    pub(super) warnings: &'a mut Warnings,
}

/// Layout and paint of a layer.
type Looks = (&'static str, Json, Json);

impl Writer<'_> {
    /// What is drawn, first at the bottom: the last class, and the first on top.
    pub(super) fn drawn(&mut self) -> Vec<Json> {
        let mut out = Vec::new();
        let layer = self.layer;
        for (at, class) in layer.style.classes.iter().enumerate().rev() {
            for (part, of) in parts_of(layer, class).iter().enumerate() {
                let name = format!("{}-{at}-{part}", layer.table.name);
                if let Some(looks) = self.part(&name, of) {
                    let range = (layer.style.min_scale, layer.style.max_scale);
                    out.push(self.entry(&name, at, looks, range, None));
                }
            }
        }
        out
    }

    /// The names.
    pub(super) fn named(&mut self) -> Vec<Json> {
        let layer = self.layer;
        let mut out = Vec::new();
        for (at, class) in layer.style.classes.iter().enumerate() {
            let Some(labels) = class.labels.as_ref().filter(|_| layer.counts[at] > 0) else {
                continue;
            };
            let Some(text) = label(layer, labels, self.languages) else { continue };
            let name = format!("{}-{at}-names", layer.table.name);
            let low = [layer.style.min_scale, labels.min_scale].into_iter().flatten();
            let high = [layer.style.max_scale, labels.max_scale].into_iter().flatten();
            let range = (low.reduce(f64::max), high.reduce(f64::min));
            let looks = self.text(labels, &text);
            let ranks = labels.max_rank.map(|rank| json!(["<=", ["get", "rank"], rank]));
            out.push(self.entry(&name, at, looks, range, ranks));
        }
        out
    }

    fn entry(
        &self,
        id: &str,
        class: usize,
        (kind, layout, paint): Looks,
        (least, most): (Option<f64>, Option<f64>),
        also: Option<Json>,
    ) -> Json {
        let mut entry = Map::new();
        entry.insert("id".to_owned(), id.into());
        entry.insert("type".to_owned(), kind.into());
        entry.insert("source".to_owned(), self.layer.table.name.clone().into());
        // The largest denominator is the smallest zoom.
        for (name, denominator) in [("minzoom", most), ("maxzoom", least)] {
            if let Some(denominator) = denominator {
                entry.insert(name.to_owned(), round((self.zoom)(denominator), 2).into());
            }
        }
        let filter = match (filter(self.layer, class), also) {
            (Some(one), Some(other)) => Some(json!(["all", one, other])),
            (one, other) => one.or(other),
        };
        entry.extend(filter.map(|filter| ("filter".to_owned(), filter)));
        for (name, looks) in [("layout", layout), ("paint", paint)] {
            if looks.as_object().is_some_and(|looks| !looks.is_empty()) {
                entry.insert(name.to_owned(), looks);
            }
        }
        entry.into()
    }

    fn part(&mut self, name: &str, part: &Part) -> Option<Looks> {
        Some(match part {
            Part::Fill { color, soft_edge_pt } => {
                if *soft_edge_pt > 0.0 {
                    self.warnings.add(self.layer, "MapLibre: the soft edge is sharp");
                }
                let paint = json!({
                    "fill-color": hex(*color),
                    "fill-opacity": opacity(*color),
                    "fill-antialias": !self.layer.style.coverage,
                });
                ("fill", json!({}), paint)
            }
            Part::Hatch(hatch) => self.hatch(name, hatch),
            Part::Line { color, width_pt, dash, round, beyond_pt } => {
                self.line(*color, *width_pt, dash, *round, *beyond_pt)
            }
            Part::Ticks(ticks, color) => self.ticks(name, ticks, *color),
            Part::Heads(arrow, color) => self.heads(name, arrow, *color),
            Part::Symbol(symbol, place) => return self.symbol(symbol, *place),
        })
    }

    fn hatch(&mut self, name: &str, hatch: &Hatch) -> Looks {
        let one = hatch_tile(hatch, 1);
        let sides = [f64::from(one.width) * PIXELS, f64::from(one.height) * PIXELS];
        let longest = sides[0].max(sides[1]);
        // So many tiles that rounding them to pixels stretches them least.
        let off = |times: &u32| {
            let of = |side: f64| {
                let whole = side * f64::from(*times);
                (whole.round() / whole - 1.0).abs()
            };
            of(sides[0]).max(of(sides[1]))
        };
        let fits =
            (1..=12).filter(|times| *times == 1 || longest * f64::from(*times) <= LARGEST_TILE);
        let times = fits.min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(1);
        self.sprite.add_tile(name, hatch_tile(hatch, times));
        ("fill", json!({}), json!({ "fill-pattern": name }))
    }

    fn line(
        &self,
        color: Color,
        width_pt: f64,
        dash: &[f64],
        round_ends: bool,
        beyond_pt: f64,
    ) -> Looks {
        let widths = self.layer.style.size.as_ref().filter(|sizes| !sizes.area);
        let width = widths
            .map_or_else(|| json!(px(width_pt)), |sizes| size(sizes, PIXELS, beyond_pt * PIXELS));
        let mut paint = json!({
            "line-color": hex(color),
            "line-opacity": opacity(color),
            "line-width": width,
        });
        if !dash.is_empty() {
            // In widths of the line.
            paint["line-dasharray"] = list(dash.iter().map(|length| length / width_pt));
        }
        let cap = if round_ends { "round" } else { "butt" };
        ("line", json!({ "line-cap": cap, "line-join": "round" }), paint)
    }

    fn ticks(&mut self, name: &str, ticks: &Ticks, color: Color) -> Looks {
        self.sprite.add(name, tick_mark(ticks, color));
        let layout = json!({
            "symbol-placement": "line",
            "symbol-spacing": px(ticks.every_pt).max(1.0),
            "icon-image": name,
            "icon-rotation-alignment": "map",
            "icon-keep-upright": false,
            "icon-allow-overlap": true,
            "icon-ignore-placement": true,
        });
        ("symbol", layout, json!({}))
    }

    fn heads(&mut self, name: &str, arrow: &Arrow, color: Color) -> Looks {
        self.warnings.add(self.layer, "MapLibre: heads stand in the middle of lines");
        let widths = self.layer.style.size.as_ref().filter(|sizes| !sizes.area);
        self.sprite.add(name, head_mark(arrow, color));
        let mut layout = json!({
            "symbol-placement": "line-center",
            "icon-image": name,
            "icon-rotation-alignment": "map",
            "icon-keep-upright": false,
            "icon-allow-overlap": true,
            "icon-ignore-placement": true,
        });
        if let Some(sizes) = widths {
            layout["icon-size"] = size(sizes, 1.0, 0.0);
        }
        ("symbol", layout, json!({}))
    }

    fn symbol(&mut self, symbol: &Symbol, place: Place) -> Option<Looks> {
        if place == Place::Corners {
            self.warnings.add(self.layer, "MapLibre: no symbols at corners");
            return None;
        }
        let Symbol { shape, size_pt, fill, stroke, stroke_width_pt } = symbol;
        let look = |color: Color| format!("{}{:02x}", hex(color).trim_start_matches('#'), color.a);
        let edge = stroke.map_or_else(|| "none".to_owned(), look);
        let name =
            format!("{shape:?}-{size_pt}-{}-{edge}-{stroke_width_pt}", look(*fill)).to_lowercase();
        self.sprite.add(&name, symbol_mark(symbol));
        let mut layout = json!({
            "icon-image": name,
            "icon-allow-overlap": true,
            "icon-ignore-placement": false,
        });
        if let Some(sizes) = self.layer.style.size.as_ref().filter(|sizes| sizes.area) {
            layout["icon-size"] = size(sizes, 1.0 / size_pt, 0.0);
            // The larger lies below the smaller.
            layout["symbol-sort-key"] = json!(["-", 0, ["to-number", ["get", sizes.property], 0]]);
        }
        Some(("symbol", layout, json!({})))
    }

    fn text(&mut self, labels: &LabelStyle, text: &Json) -> Looks {
        let LabelStyle {
            field: _,
            size_pt,
            face,
            color,
            halo,
            letter_spacing_pt,
            uppercase,
            priority,
            priority_field,
            placement,
            wrap_pt,
            second: _,
            one_language: _,
            max_rank: _,
            quiet: _,
            min_scale: _,
            max_scale: _,
        } = labels;
        if *placement == LabelPlacement::Curved && self.layer.kind == Kind::Areas {
            self.warnings.add(self.layer, "MapLibre: names through areas stand level");
        }
        let font = match face {
            FaceStyle::Regular => "Noto Sans Regular",
            FaceStyle::Bold => "Noto Sans Bold",
            FaceStyle::Italic => "Noto Sans Italic",
        };
        // What comes first is placed first.
        let key = match priority_field {
            Some(field) => {
                json!(["-", -priority * 1000, ["ln", ["max", 1, ["to-number", ["get", field], 1]]]])
            }
            None => json!(["+", -priority * 1000, ["to-number", ["get", "rank"], 9]]),
        };
        let mut layout = json!({
            "text-field": text,
            "text-font": [font],
            "text-size": px(*size_pt),
            "text-letter-spacing": round(letter_spacing_pt / size_pt, 3),
            "text-max-width": round(wrap_pt.map_or(20.0, |pt| pt / size_pt), 2),
            "text-transform": if *uppercase { "uppercase" } else { "none" },
            "symbol-sort-key": key,
        });
        match (self.layer.kind, placement) {
            (Kind::Lines, _) => {
                layout["symbol-placement"] = "line".into();
                layout["symbol-spacing"] = px(220.0).into();
            }
            (Kind::Points, LabelPlacement::Point) => {
                let around = [
                    "left",
                    "top-left",
                    "bottom-left",
                    "right",
                    "top-right",
                    "bottom-right",
                    "bottom",
                    "top",
                ];
                layout["text-variable-anchor"] = json!(around);
                layout["text-radial-offset"] = round(5.0 / size_pt, 3).into();
                layout["text-justify"] = "auto".into();
            }
            (Kind::Points | Kind::Areas, _) => {}
        }
        let mut paint = json!({ "text-color": hex(*color), "text-opacity": opacity(*color) });
        if let Some(halo) = halo {
            let Color { r, g, b, .. } = halo.color;
            paint["text-halo-color"] = format!("rgba({r},{g},{b},{})", opacity(halo.color)).into();
            paint["text-halo-width"] = px(halo.width_pt).into();
        }
        ("symbol", layout, paint)
    }
}
