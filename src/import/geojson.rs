//! GeoJSON, whole or as a sequence, gzip or not.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use tumen_geo_core::geojson::{FeatureText, Features};
use tumen_geo_core::raw::RawFeature;

use super::lonlat::ToLonLat;
use super::{Notes, Options, Unread, text};
use crate::error::Result;

/// The features of a text.
pub(super) fn features(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    let features = Features::new(text::open(path, options)?);
    let ways = Arc::new(Ways {
        path: path.display().to_string(),
        given: ToLonLat::given(options, notes)?,
        said: OnceLock::new(),
        notes: notes.clone(),
    });
    Ok(features.map(move |feature| Ok(Unread::Text(Box::new(feature?), Arc::clone(&ways)))))
}

/// How the features of a text come to longitude and latitude.
#[derive(Debug)]
pub struct Ways {
    /// The file, for errors.
    path: String,
    given: Option<ToLonLat>,
    /// From the system that the text names, once a feature was read.
    said: OnceLock<(String, ToLonLat)>,
    notes: Notes,
}

impl Ways {
    pub(super) fn feature(&self, text: &FeatureText) -> Result<RawFeature> {
        self.read(text).map_err(|e| e.within(&self.path))
    }

    fn read(&self, text: &FeatureText) -> Result<RawFeature> {
        let feature = text.raw()?;
        if feature.heights {
            self.notes.count("heights are left out");
        }
        if feature.flattened {
            self.notes.count("nested properties are made flat, as in 'a.b' for b in a");
        }
        match (&self.given, text.crs()) {
            (Some(way), _) => way.feature(feature),
            (None, None) => Ok(feature),
            (None, Some(crs)) => {
                if let Some((_, way)) = self.said.get().filter(|(said, _)| said == crs) {
                    return way.feature(feature);
                }
                // A sequence may name several systems; the first is kept.
                let way = ToLonLat::new(Some(crs), &Options::default(), &self.notes)?;
                let feature = way.feature(feature);
                let _ = self.said.set((crs.to_owned(), way));
                feature
            }
        }
    }
}
