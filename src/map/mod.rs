//! From a map spec to the bytes of an image.

mod drawing;
mod geotiff;
mod presets;
mod provenance;

use std::path::{Path, PathBuf};

use tumen_render::spec::{BaseSpec, LocalText, MapSpec, Notation, line_of};

pub use drawing::{Drawing, Format, draw};
pub(crate) use drawing::{over_base, size};
pub use presets::{BASE, PRESETS};
pub(crate) use provenance::provenance_of_all;

use crate::error::{Error, Result};

/// The text of a spec by the name of a preset or the path of a TOML or JSON file.
///
/// # Errors
/// A wrong use when there is no such preset; a failure when the file cannot be read.
pub fn spec_text(name: &str) -> Result<String> {
    if let Some((_, text)) = PRESETS.iter().find(|(preset, _)| *preset == name) {
        return Ok((*text).to_owned());
    }
    let path = Path::new(name);
    if path.extension().is_none() && !path.exists() {
        let presets: Vec<&str> = PRESETS.iter().map(|(preset, _)| *preset).collect();
        return Err(Error::usage(format!("there is no map '{name}'")).with_hint(format!(
            "presets are {}; or give the path of a spec, FILE.toml",
            presets.join(", ")
        )));
    }
    std::fs::read_to_string(path).map_err(|e| Error::file("read", path, &e))
}

/// A spec by the name of a preset or the path of a TOML or JSON file, with the folder that its own
/// paths start from.
///
/// # Errors
/// As [`spec_text`]; a failure when the text is no spec, with file, line and field.
pub fn spec(name: &str) -> Result<(MapSpec, PathBuf)> {
    let text = spec_text(name)?;
    let path = Path::new(name);
    let read = match notation(path) {
        Notation::Json => MapSpec::from_json(&text),
        Notation::Toml => MapSpec::from_toml(&text),
    };
    let spec = read.map_err(|e| in_text(e.into(), name, &text))?;
    Ok((spec, path.parent().unwrap_or(Path::new("")).to_path_buf()))
}

/// An error of a spec that was read by its name, with that name and the line that is to be mended.
/// Reads the text again.
pub fn in_spec(error: Error, name: &str) -> Error {
    in_text(error, name, &spec_text(name).unwrap_or_default())
}

fn in_text(error: Error, name: &str, text: &str) -> Error {
    match line_of(text, notation(Path::new(name)), &error.field()) {
        Some(line) => error.within(&format!("{name}, line {line}")),
        None => error.within(name),
    }
}

fn notation(path: &Path) -> Notation {
    let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if json { Notation::Json } else { Notation::Toml }
}

/// The base map that a spec is laid over.
///
/// # Errors
/// When it names another than `base`.
fn base_of(spec: &MapSpec) -> Result<Option<BaseSpec>> {
    match spec.base.as_deref() {
        None | Some("") => Ok(None),
        Some("base") => Ok(Some(BaseSpec::from_toml(BASE)?)),
        Some(other) => Err(Error::failure(format!("there is no base map '{other}'"))
            .with_hint("write base = \"base\", or base = \"\" for none")
            .at("base")),
    }
}

/// The title of a map in its first language.
pub fn title(spec: &MapSpec) -> Option<&str> {
    line(spec.title.as_ref()?, &spec.languages)
}

/// The first line of a text in `languages`.
fn line<'a>(text: &'a LocalText, languages: &'a [String]) -> Option<&'a str> {
    text.lines(languages).first().map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_may_have_no_base() {
        let of = |base: Option<&str>| {
            base_of(&MapSpec { base: base.map(str::to_owned), ..MapSpec::default() })
        };
        assert!(of(Some("base")).unwrap().is_some());
        assert!(of(Some("")).unwrap().is_none());
        assert!(of(None).unwrap().is_none());
        assert!(of(Some("bass")).unwrap_err().hint().unwrap().contains("base = \"\""));
    }
}
