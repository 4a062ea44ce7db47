//! What the command tells people when something fails, and with which exit code.

use std::fmt;
use std::path::Path;

use tumen_geo_core::ErrorKind;

/// An error of the facade: message, way out, and whether the use was wrong or the work failed.
#[derive(Debug)]
pub struct Error {
    message: String,
    hint: Option<String>,
    /// The way to the field of a map spec that is wrong, from the outside in.
    field: Vec<String>,
    usage: bool,
    closed_pipe: bool,
}

/// The result of everything fallible in this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A failure of the work: exit code 1.
    pub fn failure(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
            field: Vec::new(),
            usage: false,
            closed_pipe: false,
        }
    }

    /// A wrong use of the command: exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { usage: true, ..Self::failure(message) }
    }

    /// A failure to read or write `path`.
    pub fn file(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound if doing == "read" => "check the spelling of the path",
            std::io::ErrorKind::NotFound => "the folder does not exist: make it first",
            std::io::ErrorKind::PermissionDenied => "choose a file that you may access",
            _ => "check the path and the disk",
        };
        Self::failure(format!("cannot {doing} {}: {error}", path.display())).with_hint(hint)
    }

    /// A format that this build leaves out.
    #[cfg(not(feature = "geopackage"))]
    pub fn not_built(format: &str, feature: &str) -> Self {
        Self::usage(format!("this tumen is built without {format}"))
            .with_hint(format!("build it with the feature `{feature}`, which is there by default"))
    }

    /// A failure to write the output of a listing; a closed pipe is no news.
    pub fn output(error: &std::io::Error) -> Self {
        let mut failure = Self::failure(format!("cannot write the output: {error}"));
        failure.closed_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        failure
    }

    /// Whether the reader of the output went away.
    pub fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }

    /// The same error with the way out.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error, placed inside `place`.
    pub fn within(mut self, place: &str) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// The same error as a wrong use.
    pub fn as_usage(mut self) -> Self {
        self.usage = true;
        self
    }

    /// The same error, found in a field of a map spec.
    pub fn at(mut self, field: &str) -> Self {
        self.field = vec![field.to_owned()];
        self
    }

    /// The way to the field of a map spec that is wrong, from the outside in; empty when it is no
    /// field.
    pub fn field(&self) -> Vec<&str> {
        self.field.iter().map(String::as_str).collect()
    }

    /// The way out, if there is an obvious one.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// 2 for wrong use, 1 for a failure.
    pub fn exit_code(&self) -> u8 {
        if self.usage { 2 } else { 1 }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    /// Only listings pass through here; files are read and written with their path at hand.
    fn from(error: std::io::Error) -> Self {
        Self::output(&error)
    }
}

impl From<tumen_geo_core::Error> for Error {
    fn from(error: tumen_geo_core::Error) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self { hint, usage: error.kind() == ErrorKind::Unknown, ..Self::failure(error.to_string()) }
    }
}

impl From<tumen_render::Error> for Error {
    fn from(error: tumen_render::Error) -> Self {
        let hint = error.hint().map(str::to_owned);
        let field = error.field().into_iter().map(str::to_owned).collect();
        Self { hint, field, ..Self::failure(error.to_string()) }
    }
}
