//! Golden maps: one issue each, spec and picture side by side in `tests/golden`.
//!
//! A picture is remade by `cargo run -- map tests/golden/NAME.toml -o tests/golden/NAME.png`, and
//! looked at before it is committed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};

use tumen::atlas::Atlas;
use tumen::map::Format;
use tumen::render::spec::MapSpec;

/// A platform's rounding may change a pixel by one step.
const STEP: u8 = 1;
/// Each picture stays small enough to be looked at in a diff.
const MOST_BYTES: u64 = 20 * 1024;

fn pixels(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

/// A spec as a PNG.
fn draw(spec: &MapSpec, folder: PathBuf) -> Vec<u8> {
    let atlas = Atlas::new(tumen::catalogue().unwrap(), folder);
    tumen::map::draw(spec, &atlas, &tumen::fonts().unwrap()).unwrap().write(Format::Png).unwrap()
}

fn specs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut specs: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    specs.sort();
    specs
}

#[test]
fn maps_look_as_they_did() {
    let specs = specs();
    assert!(specs.len() >= 5);
    let mut different = Vec::new();
    for path in specs {
        let (spec, folder) = tumen::map::spec(path.to_str().unwrap()).unwrap();
        let drawing = draw(&spec, folder);
        let golden = fs::read(path.with_extension("png")).unwrap_or_default();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let actual = pixels(&drawing);
        let same = !golden.is_empty() && {
            let expected = pixels(&golden);
            (actual.0, actual.1) == (expected.0, expected.1)
                && actual.2.iter().zip(&expected.2).all(|(a, b)| a.abs_diff(*b) <= STEP)
        };
        if !same {
            let seen = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
            fs::write(&seen, &drawing).unwrap();
            different.push(format!("{name}: see {}", seen.display()));
        }
    }
    assert!(different.is_empty(), "maps have changed:\n{}", different.join("\n"));
}

#[test]
fn pictures_are_small_and_belong_to_a_spec() {
    for path in specs() {
        let picture = path.with_extension("png");
        let bytes = fs::metadata(&picture).unwrap().len();
        assert!(bytes <= MOST_BYTES, "{} has {bytes} bytes", picture.display());
    }
}

/// Remade by `cargo run --release -- map small-triangle --width 1000 -o docs/small-triangle.png`.
#[test]
fn the_picture_of_the_readme_is_what_the_command_draws() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let drawn = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme.png");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_tumen"))
        .args(["map", "small-triangle", "--width", "1000", "-o"])
        .arg(&drawn)
        .stdout(std::process::Stdio::null())
        .status();
    assert!(status.unwrap().success());
    let [drawn, shown] =
        [drawn, root.join("docs/small-triangle.png")].map(|path| pixels(&fs::read(path).unwrap()));
    assert_eq!((drawn.0, drawn.1), (shown.0, shown.1));
    assert!(drawn.2.iter().zip(&shown.2).all(|(a, b)| a.abs_diff(*b) <= STEP), "it is stale");
}
