//! GeoJSON, whole or as a sequence, gzip or not.

use std::path::Path;

use tumen_geo_core::geojson::Features;

use super::{Options, Unread, text};
use crate::error::Result;

/// The features of a text.
pub(super) fn features(
    path: &Path,
    options: &Options,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    let features = Features::new(text::open(path, options)?);
    Ok(features.map(|feature| Ok(Unread::Text(Box::new(feature?)))))
}
