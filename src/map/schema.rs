//! The JSON Schema of map specs.

use tumen_render::spec::MapSpec;

use crate::error::{Error, Result};

/// The JSON Schema (draft 2020-12) of map specs, made from the types that read them.
///
/// # Errors
/// None, as a test writes it; the signature is that of everything that writes JSON.
pub fn schema() -> Result<String> {
    let schema = schemars::schema_for!(MapSpec);
    let text = serde_json::to_string_pretty(&schema).map_err(|e| Error::failure(e.to_string()))?;
    Ok(text + "\n")
}
