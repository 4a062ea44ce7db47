//! Items moved on the page, to set one scene into another.

use super::{GlyphRun, Image, Item, Path, PlacedGlyph, Point, Rect, Scene, Subpath};

impl Point {
    /// The point `dx` pt to the right and `dy` pt down, rounded to 1/100 pt.
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self::new(f64::from(self.x) + dx, f64::from(self.y) + dy)
    }
}

impl Path {
    /// The path `dx` pt to the right and `dy` pt down.
    pub fn moved(mut self, dx: f64, dy: f64) -> Self {
        for Subpath { points, .. } in &mut self.subpaths {
            for point in points {
                *point = point.moved(dx, dy);
            }
        }
        self
    }
}

impl Scene {
    /// The same page with everything on it `dx` pt to the right and `dy` pt down.
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        let items = self.items.iter().map(|item| item.clone().moved(dx, dy)).collect();
        Self { items, ..self.clone() }
    }
}

impl Item {
    /// The item `dx` pt to the right and `dy` pt down.
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        match self {
            Self::Fill { path, color } => Self::Fill { path: path.moved(dx, dy), color },
            Self::Stroke { path, stroke } => Self::Stroke { path: path.moved(dx, dy), stroke },
            Self::Text(run) => {
                let glyph = |g: &PlacedGlyph| PlacedGlyph { origin: g.origin.moved(dx, dy), ..*g };
                let glyphs = run.glyphs.iter().map(glyph).collect();
                Self::Text(GlyphRun { glyphs, ..run })
            }
            Self::Image(image) => {
                let Rect { x0, y0, x1, y1 } = image.rect;
                let (a, b) = (Point { x: x0, y: y0 }, Point { x: x1, y: y1 });
                let (a, b) = (a.moved(dx, dy), b.moved(dx, dy));
                let rect = Rect { x0: a.x, y0: a.y, x1: b.x, y1: b.y };
                Self::Image(Image { rect, ..image })
            }
            Self::Group { clip, opacity, items } => Self::Group {
                clip: clip.map(|path| path.moved(dx, dy)),
                opacity,
                items: items.into_iter().map(|item| item.moved(dx, dy)).collect(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::scene::Color;

    #[test]
    fn everything_in_a_group_moves() {
        let rect = |x: f64, y: f64| Rect::new(x, y, x + 10.0, y + 5.0);
        let group = |x: f64, y: f64| {
            let path = Path::rect(&rect(x, y));
            let rgba = Arc::new(vec![0; 4]);
            let run = GlyphRun {
                font: 0,
                size: 7.0,
                glyphs: vec![PlacedGlyph { id: 1, origin: Point::new(x, y), rotation: 0.0 }],
                text: "a".to_owned(),
                color: Color::BLACK,
                halo: None,
            };
            let items = vec![
                Item::Fill { path: path.clone(), color: Color::BLACK },
                Item::Text(run),
                Item::Image(Image { rect: rect(x, y), width: 1, height: 1, rgba }),
            ];
            Item::Group { clip: Some(path), opacity: 0.5, items }
        };
        assert_eq!(group(1.25, 2.5).moved(28.35, -1.5), group(29.6, 1.0));
    }
}
