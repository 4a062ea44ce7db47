//! Writes the catalogue as one JSON text: people write TOML, programs read JSON several times as fast.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// A build fails with the error as it is printed.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build by its environment where to write"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new("data/catalogue");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: BTreeMap<String, toml::Table> = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let table = toml::from_str(&fs::read_to_string(&path)?)
                .map_err(|e| format!("{}: {e}", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(name, table);
        }
    }
    let out = PathBuf::from(env::var("OUT_DIR")?).join("catalogue.json");
    Ok(fs::write(out, serde_json::to_string(&files)?)?)
}
