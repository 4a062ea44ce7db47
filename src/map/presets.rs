//! The specs that travel in the program.

/// The base map: layers, themes and looks that the maps share.
pub const BASE: &str = include_str!("../../data/maps/base.toml");

/// The presets, by name: specs to draw, or to copy and change.
pub const PRESETS: [(&str, &str); 4] = [
    ("small-triangle", include_str!("../../data/maps/small-triangle.toml")),
    ("tumen-triangles", include_str!("../../data/maps/tumen-triangles.toml")),
    ("treda", include_str!("../../data/maps/treda.toml")),
    ("border-ports", include_str!("../../data/maps/border-ports.toml")),
];
