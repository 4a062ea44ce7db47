//! The JSON Schemas of what people write.

use serde::Serialize;
use tumen_render::spec::MapSpec;

use crate::error::{Error, Result};

/// The JSON Schema (draft 2020-12) of map specs, made from the types that read them.
///
/// # Errors
/// None, as a test writes it; the signature is that of everything that writes JSON.
pub fn map_spec() -> Result<String> {
    pretty(&schemars::schema_for!(MapSpec))
}

/// The JSON Schema (draft 2020-12) of catalogue files, made from the records that read them.
///
/// # Errors
/// None, as a test writes it; the signature is that of everything that writes JSON.
pub fn catalogue() -> Result<String> {
    pretty(&tumen_geo_core::model::schema())
}

fn pretty(schema: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(schema).map_err(|e| Error::failure(e.to_string()))?;
    Ok(text + "\n")
}
