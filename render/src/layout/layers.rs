//! The layers of a map: their features in sight, sorted into categories, as shapes on the page.

use crate::error::Result;
use crate::project::{Frame, Light, PageShape, shade};
use crate::scene::Item;
use crate::spec::{LabelStyle, LayerSpec, LocalText, MapData, MapFeature, Style};

use super::draw::draw;
use super::path::areas;

/// A feature in sight.
pub(super) struct Seen {
    pub(super) feature: MapFeature,
    pub(super) shape: PageShape,
    /// The class of its layer that it is drawn in.
    pub(super) class: usize,
}

/// A way in which features of a layer are drawn.
pub(super) struct Class {
    pub(super) style: Style,
    pub(super) title: Option<LocalText>,
    pub(super) labels: Option<LabelStyle>,
}

/// A layer with what is in sight of it.
pub(super) struct Layer<'a> {
    pub(super) spec: &'a LayerSpec,
    /// The categories in their order, then the layer's own style.
    pub(super) classes: Vec<Class>,
    /// In the order of their ids.
    pub(super) seen: Vec<Seen>,
}

impl<'a> Layer<'a> {
    /// Loads, projects and sorts the features of a layer.
    pub(super) fn load(
        spec: &'a LayerSpec,
        data: &dyn MapData,
        year: Option<i32>,
        frame: &Frame,
        fine_pt: f64,
    ) -> Result<Self> {
        let mut classes = classes(spec);
        if spec.style.relief.is_some() {
            classes.clear();
            return Ok(Self { spec, classes, seen: Vec::new() });
        }
        let denominator = frame.denominator();
        let highest = spec.highest_rank_at(denominator).unwrap_or(0);
        let margin = classes.iter().map(|c| c.style.reach_pt()).fold(0.0, f64::max) + 2.0;
        let own = classes.len() - 1;
        let features = data
            .features(spec, &frame.bbox(), year)
            .map_err(|e| e.within(format!("layer '{}'", spec.id)))?;
        let mut seen: Vec<Seen> = features
            .into_iter()
            .filter(|feature| feature.rank <= highest)
            .filter_map(|feature| {
                let shape = frame.shape(&feature.geometry, margin, fine_pt);
                let index = spec.categories.as_ref().and_then(|c| c.index_of(&feature));
                let class = index.unwrap_or(own);
                (!shape.is_empty()).then_some(Seen { feature, shape, class })
            })
            .collect();
        seen.sort_by(|a, b| a.feature.id.cmp(&b.feature.id));
        Ok(Self { spec, classes, seen })
    }

    /// The shapes of a class.
    pub(super) fn shapes(&self, class: usize) -> Vec<&PageShape> {
        self.seen.iter().filter(|seen| seen.class == class).map(|seen| &seen.shape).collect()
    }

    /// The items of the layer; the layer's own style lies below its categories, of which the first
    /// is on top.
    pub(super) fn draw(&self) -> Vec<Item> {
        let order = (0..self.classes.len()).rev();
        let of = |class: usize| {
            draw(&self.classes[class].style, &self.shapes(class), self.spec.coverage)
        };
        order.flat_map(of).collect()
    }
}

fn classes(spec: &LayerSpec) -> Vec<Class> {
    let categories = spec.categories.iter().flat_map(|c| &c.values);
    let mut classes: Vec<Class> = categories
        .map(|category| Class {
            style: category.style.over(&spec.style),
            title: category.title.clone(),
            labels: category.labels.clone().or_else(|| spec.labels.clone()),
        })
        .collect();
    classes.push(Class {
        style: spec.style.clone(),
        title: spec.title.clone(),
        labels: spec.labels.clone(),
    });
    classes
}

/// The shaded relief of a layer, seen only inside the areas of the layer that it names.
pub(super) fn relief(
    layer: &Layer<'_>,
    all: &[Layer<'_>],
    data: &dyn MapData,
    frame: &Frame,
    most_per_pt: f64,
) -> Vec<Item> {
    let Some(style) = &layer.spec.style.relief else { return Vec::new() };
    let Some(heights) = data.relief(&frame.bbox()) else { return Vec::new() };
    let fits = heights.metres.len() == heights.width * heights.height && heights.step_deg > 0.0;
    if !fits || heights.metres.is_empty() {
        return Vec::new();
    }
    let light = Light {
        azimuth: style.azimuth,
        altitude: style.altitude,
        exaggeration: style.exaggeration,
        opacity: style.opacity,
    };
    // Two pixels to a cell of the grid show all there is; painters blend between pixels.
    let cell_pt = heights.step_deg * 111_200.0 / frame.denominator() * 72.0 / 0.0254;
    let pixels_per_pt = (2.0 / cell_pt).clamp(0.4, most_per_pt.max(0.4));
    let image = Item::Image(shade(frame, &heights, &light, pixels_per_pt));
    let inside = style.inside.as_ref().and_then(|id| all.iter().find(|l| l.spec.id == *id));
    match inside {
        Some(mask) => {
            let polygons = mask.seen.iter().flat_map(|seen| &seen.shape.polygons);
            let clip = areas(polygons);
            if clip.subpaths.is_empty() {
                return Vec::new();
            }
            vec![Item::Group { clip: Some(clip), opacity: 1.0, items: vec![image] }]
        }
        None => vec![image],
    }
}
