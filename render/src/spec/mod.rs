//! What the caller asks for: the map spec, its layers and styles, and the data behind them.

mod color;
mod data;
mod furniture;
mod layer;
mod line;
mod locate;
mod map;
mod sheet;
mod style;
mod text;
mod thematic;
mod theme;

pub use data::{MapData, MapFeature, Relief, Value};
pub use furniture::{Corner, Furniture, Inset};
pub use layer::{Categories, Category, LayerSpec};
pub use line::{Arrow, ArrowEnds, TickShape, Ticks};
pub use locate::{Notation, line_of};
pub use map::{BaseSpec, Extent, MapSpec, Multiples};
pub use sheet::Page;
pub use style::{
    Casing, Halo, Hatch, LabelPlacement, LabelStyle, Pattern, ReliefStyle, SecondLanguage, Style,
    Symbol, SymbolShape,
};
pub use text::LocalText;
pub(crate) use text::lines_of;
pub use thematic::{
    Chart, ChartKind, ChartPart, ClassMethod, Classes, Combination, Combine, Proportional,
};
pub use theme::{Theme, ThemeChoice, Tone};
