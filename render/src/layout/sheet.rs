//! The sheet: title above, map, credits below.

use geo_types::{Coord, Rect as PlaneRect};

use super::setter::{Setter, items};
use crate::layout::furniture::graticule::FRAME_PT;
use crate::scene::{Item, Rect};
use crate::spec::{MapSpec, Theme};
use crate::text::{Align, FaceStyle, TextBlock, TextStyle};

/// Paper left free around everything, pt.
const MARGIN: f64 = 13.0;
/// Sizes of the texts, pt.
const TITLE_PT: f64 = 15.0;
const SUBTITLE_PT: f64 = 9.0;
const CREDIT_PT: f64 = 5.5;
/// Space between blocks of text, pt.
const GAP: f64 = 4.5;
/// A page that may choose its height has a map of this share of its width.
const ASPECT: (f64, f64) = (0.45, 1.1);

/// The texts around the map and the rectangle left for it.
pub(super) struct Sheet {
    width: f64,
    height: Option<f64>,
    head: Vec<TextBlock>,
    /// Room between the map and the margins, for the frame.
    band: f64,
    top: f64,
}

impl Sheet {
    /// Space between the frame and furniture below it, pt.
    pub(super) const SPACE_BELOW: f64 = 2.0;

    /// The top left corner of what stands below the map, pt.
    pub(super) fn below_map(&self, map: &Rect) -> (f64, f64) {
        (f64::from(map.x0), f64::from(map.y1) + self.band + Self::SPACE_BELOW)
    }

    /// Sets the title and finds the room below it on a page of the given size, pt.
    pub(super) fn new(
        spec: &MapSpec,
        (width, height): (f64, Option<f64>),
        setter: &mut Setter<'_>,
    ) -> Self {
        let inner = width - 2.0 * MARGIN;
        let mut head = Vec::new();
        if spec.furniture.title {
            if let Some(title) = &spec.title {
                head.push(setter.local(title, TITLE_PT, FaceStyle::Bold, inner));
            }
            if let Some(subtitle) = &spec.subtitle {
                head.push(setter.local(subtitle, SUBTITLE_PT, FaceStyle::Regular, inner));
            }
        }
        let band = if spec.furniture.graticule { FRAME_PT } else { 0.5 };
        let text: f64 = head.iter().map(|block| block.height + GAP).sum();
        let below_text = if head.is_empty() { 0.0 } else { 2.0 };
        Self { width, height, head, band, top: MARGIN + text + below_text + band }
    }

    /// The height per width of a map on a page that may choose its height.
    pub(super) fn shown_aspect(aspect: f64) -> f64 {
        aspect.clamp(ASPECT.0, ASPECT.1)
    }

    /// Width of the page, pt.
    pub(super) fn width(&self) -> f64 {
        self.width
    }

    /// Whether the page may choose its height.
    pub(super) fn is_free(&self) -> bool {
        self.height.is_none()
    }

    /// Room around a map for its frame, pt.
    pub(super) fn band(&self) -> f64 {
        self.band
    }

    /// The rectangle for a map whose extent has the given height per width, with `foot` pt of text
    /// below it.
    pub(super) fn map_rect(&self, aspect: f64, foot: f64) -> PlaneRect {
        let left = MARGIN + self.band;
        let width = self.width - 2.0 * left;
        let height = match self.height {
            Some(page) => (page - self.top - self.band - foot - MARGIN).max(40.0),
            None => width * Self::shown_aspect(aspect),
        };
        let corner = Coord { x: left, y: self.top };
        PlaneRect::new(corner, corner + Coord { x: width, y: height })
    }

    /// The lines below the map.
    pub(super) fn foot(
        &self,
        spec: &MapSpec,
        scale_line: &str,
        credits: &[String],
        setter: &mut Setter<'_>,
    ) -> Foot {
        let mut blocks = Vec::new();
        if let Some(notes) = &spec.notes {
            let width = self.width - 2.0 * MARGIN;
            blocks.push(setter.local(notes, CREDIT_PT + 0.7, FaceStyle::Regular, width));
        }
        if spec.furniture.credits {
            let style = TextStyle::regular(CREDIT_PT);
            let width = self.width - 2.0 * MARGIN;
            blocks.push(setter.wrap(scale_line, &style, width, Align::Left));
            if !credits.is_empty() {
                blocks.push(setter.wrap(&credits.join(" · "), &style, width, Align::Left));
            }
        }
        Foot { blocks }
    }

    /// The height of the page whose map ends at `map_bottom`, pt.
    pub(super) fn page_height(&self, map_bottom: f64, foot: &Foot) -> f64 {
        self.height.unwrap_or(map_bottom + self.band + foot.height() + MARGIN)
    }

    /// The texts above and below the map that ends at `map_bottom`, pt.
    pub(super) fn draw(&self, map_bottom: f64, foot: &Foot, theme: &Theme) -> Vec<Item> {
        let mut out = Vec::new();
        let mut y = MARGIN;
        for (i, block) in self.head.iter().enumerate() {
            let color = if i == 0 { theme.ink } else { theme.quiet };
            out.extend(items(block.place(MARGIN, y, color, None)));
            y += block.height + GAP;
        }
        let mut y = map_bottom + self.band + Foot::SPACE;
        for block in &foot.blocks {
            out.extend(items(block.place(MARGIN, y, theme.quiet, None)));
            y += block.height + Foot::BETWEEN;
        }
        out
    }
}

/// The texts below the map.
pub(super) struct Foot {
    blocks: Vec<TextBlock>,
}

impl Foot {
    const SPACE: f64 = 4.0;
    const BETWEEN: f64 = 3.0;

    /// The room they take, pt.
    pub(super) fn height(&self) -> f64 {
        if self.blocks.is_empty() {
            return 0.0;
        }
        let text: f64 = self.blocks.iter().map(|block| block.height + Self::BETWEEN).sum();
        Self::SPACE + text - Self::BETWEEN
    }
}

/// `1:1 250 000`: a scale to three digits.
pub(super) fn scale_text(denominator: f64) -> String {
    let power = 10.0_f64.powf((denominator.max(1.0).log10().floor() - 2.0).max(0.0));
    let rounded = ((denominator / power).round() * power) as u64;
    let digits = rounded.to_string();
    let mut text = String::from("1:");
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{A0}');
        }
        text.push(digit);
    }
    text
}

/// The map rectangle of the scene.
pub(super) fn page_rect(rect: &PlaneRect) -> Rect {
    Rect::new(rect.min().x, rect.min().y, rect.max().x, rect.max().y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_three_digits() {
        assert_eq!(scale_text(1_254_321.0), "1:1\u{A0}250\u{A0}000");
        assert_eq!(scale_text(998.4), "1:998");
        assert_eq!(scale_text(99_960.0), "1:100\u{A0}000");
    }
}
