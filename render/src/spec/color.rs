//! Colours in specs: `"#rrggbb"` or `"#rrggbbaa"`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error};

use crate::scene::Color;

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "'{text}' is not a colour; write #rrggbb or #rrggbbaa with two hex digits each"
            ))
        })
    }
}

impl JsonSchema for Color {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Color".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "#rrggbb or #rrggbbaa.",
            "type": "string",
            "pattern": "^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug)]
    struct Holder {
        fill: Color,
    }

    #[test]
    fn colours_are_read_or_refused_with_the_way_out() {
        let holder: Holder = toml::from_str("fill = '#dfecf3'").unwrap();
        assert_eq!(holder.fill, Color::rgb(0xdf, 0xec, 0xf3));
        let error = toml::from_str::<Holder>("fill = 'blue'").unwrap_err();
        assert!(error.to_string().contains("#rrggbb"), "{error}");
    }
}
