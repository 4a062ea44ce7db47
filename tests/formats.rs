//! One map in three formats, each with what it says of itself, driven through the command.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn tumen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tumen")).args(arguments).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = tumen(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A file of this test's own.
fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// The small triangle in the format of `name`, with more arguments.
fn drawn(name: &str, more: &[&str]) -> Vec<u8> {
    let path = file(name);
    let mut arguments = vec!["map", "small-triangle", "-o", path.to_str().unwrap()];
    arguments.extend(more);
    text(&arguments);
    fs::read(path).unwrap()
}

#[test]
fn a_png_says_what_it_shows_and_what_it_is_made_of() {
    let bytes = drawn("said.png", &["--width", "500"]);
    let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let info = reader.info();
    let latin = info.uncompressed_latin1_text.iter().map(|t| (t.keyword.clone(), t.text.clone()));
    let utf8 = info.utf8_text.iter().map(|t| (t.keyword.clone(), t.get_text().unwrap()));
    let said: Vec<(String, String)> = latin.chain(utf8).collect();
    let of =
        |key: &str| said.iter().find(|(k, _)| k == key).map(|(_, text)| text.as_str()).unwrap();
    assert_eq!(of("Title"), "The small Tumen triangle");
    assert!(of("Description").contains("Small Tumen triangle: 1 area"), "{}", of("Description"));
    assert!(of("Description").contains("km²"), "{}", of("Description"));
    assert!(of("Copyright").contains("OpenStreetMap contributors"));
    assert!(of("Source").contains("map spec sha256:"), "{}", of("Source"));
    assert!(of("Software").starts_with("tumen "));
}

#[test]
fn an_svg_has_text_and_one_with_outlines_has_none() {
    let svg = String::from_utf8(drawn("text.svg", &["--lang", "en+ko"])).unwrap();
    assert!(svg.contains("<title") && svg.contains(">The small Tumen triangle</title>"));
    assert!(svg.contains("@font-face") && svg.contains(">Rajin<") && svg.contains(">라진<"));
    assert!(svg.len() < 2_000_000, "{}", svg.len());
    let outlined = String::from_utf8(drawn("outlined.svg", &["--outlined"])).unwrap();
    assert!(!outlined.contains("<text") && !outlined.contains("@font-face"));
}

#[test]
fn a_pdf_is_a_page_of_the_sheet_s_size() {
    let bytes = drawn("page.pdf", &[]);
    assert!(bytes.starts_with(b"%PDF-1."));
    assert!(bytes.len() < 1_500_000, "{}", bytes.len());
    assert_eq!(bytes, drawn("again.pdf", &[]), "the same input gives the same bytes");
}

#[test]
fn a_world_file_puts_the_png_in_its_place() {
    drawn("placed.png", &["--width", "1600", "--world-file"]);
    let world = fs::read_to_string(file("placed.pgw")).unwrap();
    let numbers: Vec<f64> = world.lines().map(|line| line.parse().unwrap()).collect();
    // 1:630 000 at 200 pixels to the inch: 0.0254 / 200 * 630 000 = 80 m for a pixel.
    assert!((numbers[0] - 80.0).abs() < 0.5, "{numbers:?}");
    assert!((numbers[0] + numbers[3]).abs() < 1e-9);
    let aux = fs::read_to_string(file("placed.png.aux.xml")).unwrap();
    assert!(aux.contains("+proj=tmerc"), "{aux}");
    let path = file("placed.svg");
    let output = tumen(&["map", "treda", "-o", path.to_str().unwrap(), "--world-file"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn specs_and_schema_are_printed_to_start_from() {
    let spec = text(&["map", "--print-spec", "treda"]);
    assert!(tumen::render::spec::MapSpec::from_toml(&spec).is_ok());
    assert!(text(&["map", "--print-spec", "base"]).contains("[looks.rail]"));
    assert!(text(&["map", "--print-schema"]).contains("\"MapSpec\""));
    let list = text(&["map", "list"]);
    assert_eq!(list.lines().count(), tumen::map::PRESETS.len());
    let path = file("x.gif");
    let output = tumen(&["map", "treda", "-o", path.to_str().unwrap()]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.code() == Some(2) && message.contains(".png, .tif, .svg or .pdf"),
        "{message}"
    );
}

#[test]
fn a_font_file_fills_what_the_built_in_ones_lack() {
    let spec = file("thai.toml");
    fs::write(
        &spec,
        "title = 'ไทย'\nextent = { bbox = [130, 42, 131, 43] }\npage = { width_px = 500 }",
    )
    .unwrap();
    let (spec, out) = (spec.to_str().unwrap(), file("thai.png"));
    let output = tumen(&["map", spec, "-o", out.to_str().unwrap()]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && message.contains("no font has"), "{message}");
    let none = tumen(&["map", spec, "-o", out.to_str().unwrap(), "--font", spec]);
    assert_eq!(none.status.code(), Some(1), "a spec is no font");
}
