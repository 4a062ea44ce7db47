//! The JSON Schema of catalogue files.

use schemars::{Schema, schema_for};

use super::record::FileRecord;

/// The JSON Schema (draft 2020-12) of a catalogue file, made from the records that read it.
pub fn schema() -> Schema {
    schema_for!(FileRecord)
}
