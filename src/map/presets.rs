//! The specs that travel in the program.

/// The base map: layers, themes and looks that the maps share.
pub const BASE: &str = include_str!("../../data/maps/base.toml");

/// A preset: its name and its file.
macro_rules! preset {
    ($name:literal) => {
        ($name, include_str!(concat!("../../data/maps/", $name, ".toml")))
    };
}

/// The presets, by name: specs to draw, or to copy and change.
pub const PRESETS: [(&str, &str); 18] = [
    preset!("small-triangle"),
    preset!("tumen-triangles"),
    preset!("treda"),
    preset!("border-ports"),
    preset!("growth-triangles"),
    preset!("mongolia-outlets"),
    preset!("rajin-sonbong"),
    preset!("hunchun"),
    preset!("changjitu"),
    preset!("liaoning-belt"),
    preset!("yalu"),
    preset!("transport"),
    preset!("border-trade"),
    preset!("capital-flows"),
    preset!("labour-flows"),
    preset!("change-1985-1996"),
    preset!("zones-by-year"),
    preset!("seaport-areas"),
];
