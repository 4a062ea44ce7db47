//! The locator: a small map of the surroundings with the frame of the main map in it.

use geo_types::{Coord, Rect as PlaneRect};
use tumen_geo_core::{Bbox, LonLat};

use super::corners::beside_disc;
use crate::error::{Error, ErrorKind, Result};
use crate::layout::colour::tone;
use crate::layout::compose::sea;
use crate::layout::drawing::path::point;
use crate::layout::labels::label;
use crate::layout::layers::Layer;
use crate::layout::setter::Setter;
use crate::layout::sheet::page_rect;
use crate::project::{Frame, choose, choose_round};
use crate::scene::{Cap, Item, Path, Point, Rect, Stroke};
use crate::spec::{Inset, LayerSpec, MapData, MapSpec, Theme};

/// Width as a share of the map's.
const SHARE: f64 = 0.22;
/// How much wider than the map the surroundings are.
const WIDER: f64 = 8.0;
/// From the middle to the sides: at least, and at most before the locator is a globe, degrees.
const AROUND: (f64, f64) = (10.0, 40.0);
/// A frame smaller than this on the locator has a ring round it, pt.
const TINY_PT: f32 = 6.0;
/// Layers shown when the spec names none, next to the coverages.
const DEFAULT_LAYERS: [&str; 3] = ["coast", "borders", "countries"];
/// Lines are finer than on the main map by this factor.
const FINER: f64 = 0.55;
/// Size of the names, pt.
const NAME_PT: f64 = 5.0;

/// A locator that is still to be placed.
pub(in crate::layout) struct Locator<'a> {
    inset: &'a Inset,
    extent: Bbox,
    /// Whether it shows a half of the earth.
    globe: bool,
    size: (f64, f64),
}

impl<'a> Locator<'a> {
    /// A locator for `main`; `None` when the middle of it is beside the earth or the extent given
    /// is none.
    pub(in crate::layout) fn new(inset: &'a Inset, main: &Frame) -> Option<Self> {
        let share = inset.share.unwrap_or(SHARE).clamp(0.08, 0.5);
        let width = main.rect().width() * share;
        if let Some(extent) = inset.extent.bbox().ok()? {
            let choice = choose(&extent, "auto").ok()?;
            let plane = Frame::plane_extent(&choice, &extent).ok()?;
            let aspect = if inset.extent.round { 1.0 } else { plane.height() / plane.width() };
            let size = (width, width * aspect.clamp(0.4, 1.6));
            return Some(Self { inset, extent, globe: inset.extent.round, size });
        }
        let center = main.to_lonlat(main.rect().center())?;
        let bbox = main.bbox();
        let narrow = center.lat().to_radians().cos().max(0.2);
        let size = (bbox.north - bbox.south).max(bbox.width_degrees() * narrow);
        let around = (size / 2.0 * WIDER).max(AROUND.0);
        let (south, north) = (center.lat() - around * 0.8, center.lat() + around * 0.8);
        if around > AROUND.1 || north > 85.0 || south < -85.0 {
            // Half of the earth about the middle, as `Frame::round` takes the farthest corner.
            let degree = 1.0_f64;
            let extent = Bbox {
                west: LonLat::wrap(center.lon() - degree, 0.0).lon(),
                south: (center.lat() - degree).max(-90.0),
                east: LonLat::wrap(center.lon() + degree, 0.0).lon(),
                north: (center.lat() + degree).min(90.0),
            };
            return Some(Self { inset, extent, globe: true, size: (width, width) });
        }
        let lon = |off: f64| LonLat::wrap(center.lon() + off / narrow, 0.0).lon();
        let extent = Bbox { west: lon(-around), south, east: lon(around), north };
        Some(Self { inset, extent, globe: false, size: (width, width * 0.8) })
    }

    /// Width and height, pt.
    pub(in crate::layout) fn size(&self) -> (f64, f64) {
        self.size
    }

    fn frame(&self, rect: PlaneRect) -> Result<Frame> {
        if self.globe {
            let choice = choose_round(&self.extent, "orthographic")?;
            return Frame::round(choice, &self.extent, 1e3, rect);
        }
        let choice = choose(&self.extent, "auto")?;
        let plane = Frame::plane_extent(&choice, &self.extent)?;
        // The sides of the box bend: what they leave of the corners is not to be seen.
        let (middle, shown) = (plane.center(), plane.width().min(plane.height() / 0.8));
        let half = Coord { x: shown / 2.0, y: shown * rect.height() / rect.width() / 2.0 };
        Frame::fit(choice, &PlaneRect::new(middle - half, middle + half), rect)
    }

    /// The locator in `place`: the layers of `spec` that it shows, and the frame of `main`.
    ///
    /// # Errors
    /// [`ErrorKind::Spec`] for layers that the map does not have, and what `data` reports.
    pub(in crate::layout) fn draw(
        &self,
        place: &Rect,
        spec: &MapSpec,
        data: &dyn MapData,
        main: &Frame,
        theme: &Theme,
        setter: &mut Setter<'_>,
    ) -> Result<Vec<Item>> {
        let at = |x: f32, y: f32| Coord { x: f64::from(x), y: f64::from(y) };
        let rect = PlaneRect::new(at(place.x0, place.y0), at(place.x1, place.y1));
        let frame = self.frame(rect)?;
        let shown = self.layers(spec, theme)?;
        let mut layers = Vec::new();
        for layer in &shown {
            layers.push(Layer::load(layer, data, spec.year, &frame, 0.2)?);
        }
        tone::apply(&mut layers, theme);
        let mut inside = vec![Item::Fill { path: sea(&frame), color: theme.sea }];
        for (at, layer) in layers.iter().enumerate() {
            inside.extend(layer.draw_over(&layers[..at]));
        }
        let outline = outline(main, &frame);
        let taken: Vec<Rect> = outline
            .bounds()
            .filter(|bounds| bounds.width() < place.width() * 0.6)
            .map(|bounds| bounds.expanded(2.0))
            .into_iter()
            .chain(frame.disc().into_iter().flat_map(|disc| beside_disc(place, disc)))
            .collect();
        let names = label(&layers, frame.denominator(), place, &taken, setter);
        inside.extend(names.items);
        inside.extend(marker(outline, theme));
        let clip = match frame.disc() {
            Some((center, radius)) => Path::circle(point(center), radius as f32),
            None => Path::rect(&page_rect(&frame.rect())),
        };
        let edge = Stroke { color: theme.ink, width: 0.5, dash: Vec::new(), cap: Cap::Butt };
        Ok(vec![
            Item::Group { clip: Some(clip.clone()), opacity: 1.0, items: inside },
            Item::Stroke { path: clip, stroke: edge },
        ])
    }

    /// The layers of the locator, finer than on the main map.
    fn layers(&self, spec: &MapSpec, theme: &Theme) -> Result<Vec<LayerSpec>> {
        let known: Vec<&str> = spec.layers.iter().map(|layer| layer.id.as_str()).collect();
        if let Some(id) = self.inset.layers.iter().find(|id| !known.contains(&id.as_str())) {
            return Err(Error::new(ErrorKind::Spec, format!("the map has no layer '{id}'"))
                .with_hint(format!("it has {}", known.join(", ")))
                .at_item(id)
                .at("furniture.inset.layers"));
        }
        let wanted = |layer: &&LayerSpec| {
            if self.inset.layers.is_empty() {
                layer.coverage || DEFAULT_LAYERS.contains(&layer.id.as_str())
            } else {
                self.inset.layers.contains(&layer.id)
            }
        };
        let finer = |layer: &LayerSpec| {
            let mut layer = layer.clone();
            layer.style.stroke_width_pt = Some(layer.style.width_pt() * FINER);
            layer.style.stroke_dash = None;
            layer.style.casing = None;
            layer.max_scale = None;
            if let Some(labels) = &mut layer.labels {
                labels.size_pt = NAME_PT;
                labels.letter_spacing_pt = 0.2;
                labels.uppercase = false;
                labels.one_language = true;
                labels.color = theme.quiet;
                labels.quiet = true;
            }
            layer
        };
        Ok(spec.layers.iter().filter(wanted).map(finer).collect())
    }
}

/// The edge of the main map, taken to the locator.
fn outline(main: &Frame, frame: &Frame) -> Path {
    const STEPS: u32 = 24;
    let share = |i: u32| f64::from(i) / f64::from(STEPS);
    let edge: Vec<Coord> = if let Some((center, radius)) = main.disc() {
        let turn = |i: u32| share(i) * std::f64::consts::TAU / 4.0;
        // A hemisphere ends where its positions do.
        let radius = radius * 0.999;
        (0..4 * STEPS)
            .map(|i| center + Coord { x: turn(i).cos(), y: turn(i).sin() } * radius)
            .collect()
    } else {
        let ring = main.rect().to_polygon();
        let side = |line: geo_types::Line| {
            (0..STEPS).map(move |i| line.start + line.delta() * share(i)).collect::<Vec<_>>()
        };
        ring.exterior().lines().flat_map(side).collect()
    };
    let on_page = |at: &Coord| frame.to_page(main.to_lonlat(*at)?);
    let points: Vec<Point> = edge.iter().filter_map(on_page).map(point).collect();
    if points.len() < 3 { Path::default() } else { Path::ring(points) }
}

fn marker(outline: Path, theme: &Theme) -> Vec<Item> {
    let Some(bounds) = outline.bounds() else { return Vec::new() };
    let stroke = |color, width| Stroke { color, width, dash: Vec::new(), cap: Cap::Butt };
    let tiny = bounds.width().max(bounds.height()) < TINY_PT;
    let around = if tiny { Path::circle(bounds.center(), TINY_PT) } else { outline.clone() };
    let mut out = vec![
        Item::Stroke { path: around.clone(), stroke: stroke(theme.paper, 2.2) },
        Item::Fill { path: around.clone(), color: theme.ink.with_alpha(22) },
        Item::Stroke { path: around, stroke: stroke(theme.ink, 0.9) },
    ];
    if tiny {
        out.push(Item::Fill { path: outline, color: theme.ink });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::frame;

    fn place(locator: &Locator<'_>) -> PlaneRect {
        let (width, height) = locator.size();
        let corner = Coord { x: 20.0, y: 30.0 };
        PlaneRect::new(corner, corner + Coord { x: width, y: height })
    }

    #[test]
    fn the_frame_of_the_main_map_is_where_it_is() {
        let inset = Inset::default();
        for (extent, globe) in
            [([130.0, 42.2, 131.0, 43.0], false), ([85.0, 34.0, 148.0, 56.0], true)]
        {
            let main = frame(extent);
            let locator = Locator::new(&inset, &main).unwrap();
            assert_eq!(locator.globe, globe);
            let small = locator.frame(place(&locator)).unwrap();
            let bounds = outline(&main, &small).bounds().unwrap();
            let rect = page_rect(&small.rect());
            assert!(rect.covers(&bounds), "{bounds:?} {rect:?}");
            for at in [Coord { x: 250.0, y: 200.0 }, Coord { x: 100.0, y: 300.0 }] {
                let there = small.to_page(main.to_lonlat(at).unwrap()).unwrap();
                let there = Rect::new(there.x, there.y, there.x, there.y);
                assert!(bounds.expanded(0.02).covers(&there), "{there:?} {bounds:?}");
            }
        }
    }

    #[test]
    fn tiny_frames_have_a_ring_round_them() {
        let main = frame([130.0, 42.2, 131.0, 43.0]);
        let inset = Inset { share: Some(0.1), ..Inset::default() };
        let locator = Locator::new(&inset, &main).unwrap();
        assert!((locator.size().0 - 50.0).abs() < 1e-9);
        let small = locator.frame(place(&locator)).unwrap();
        let items = marker(outline(&main, &small), &Theme::default());
        let Item::Stroke { path, .. } = &items[0] else { panic!() };
        assert!((path.bounds().unwrap().width() - 2.0 * TINY_PT).abs() < 0.05);
        assert_eq!(items.len(), 4);
    }
}
