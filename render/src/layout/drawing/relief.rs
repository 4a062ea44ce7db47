//! The shaded relief of a layer.

use super::path::areas;
use crate::layout::layers::Layer;
use crate::project::{Frame, Light, shade};
use crate::scene::Item;
use crate::spec::MapData;

/// The shaded relief of a layer, seen only inside the areas of the layer that it names.
pub(in crate::layout) fn relief(
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
