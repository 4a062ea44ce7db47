//! What the caller asks for: the map spec, its layers and styles, and the data behind them.

mod color;
mod data;
mod layer;
mod map;
mod sheet;
mod style;
mod text;

pub use data::{MapData, MapFeature, Relief, Value};
pub use layer::{Categories, Category, LayerSpec};
pub use map::{BaseSpec, Extent, MapSpec};
pub use sheet::{Corner, Furniture, Page, Theme};
pub use style::{
    Casing, Halo, Hatch, LabelPlacement, LabelStyle, ReliefStyle, SecondLanguage, Style, Symbol,
    SymbolShape,
};
pub use text::LocalText;
pub(crate) use text::lines_of;
