//! The presets as PDF: small enough, their names found once, and alike to the PNG of the same scene.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

use tumen::map::PRESETS;
use tumen_render::paint::{Metadata, PngOptions, pdf, png};
use tumen_render::scene::{Item, Scene};
use tumen_render::spec::BaseSpec;

const MOST_BYTES: usize = 1_500_000;
const PPI: f64 = 200.0;

fn scene(preset: &str) -> Scene {
    let (spec, folder) = tumen::map::spec(preset).unwrap();
    let base = BaseSpec::from_toml(include_str!("../data/maps/base.toml")).unwrap();
    let spec = spec.with_base(&base).unwrap();
    let atlas = tumen::atlas::Atlas::new(tumen::catalogue().unwrap(), folder);
    tumen_render::compose(&spec, &atlas, &tumen::fonts().unwrap()).unwrap().scene
}

/// Writes `scene` to a temporary file named `name`.
fn written(scene: &Scene, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&path, pdf(scene, &Metadata::default()).unwrap()).unwrap();
    path
}

/// What a program of poppler writes to its standard output, with arguments before and after `file`.
fn poppler(program: &str, arguments: &[&str], file: &Path, after: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).arg(file).args(after).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn presets_are_small_and_written_the_same_each_time() {
    for (name, _) in PRESETS {
        let scene = scene(name);
        let bytes = pdf(&scene, &Metadata::default()).unwrap();
        assert!(bytes.len() <= MOST_BYTES, "{name} has {} bytes", bytes.len());
        assert_eq!(bytes, pdf(&scene, &Metadata::default()).unwrap(), "{name}");
    }
}

/// Measured with poppler 22.12 at 200 ppi: 1.2 to 3.1 % of the pixels differ by more than 32 in a
/// channel, and the mean difference is 1.2 to 3.3 of 255. It lies on edges and in the relief: poppler moves
/// letters to quarters of a pixel, widens lines thinner than one and smooths pictures otherwise.
#[test]
#[ignore = "needs pdftoppm of poppler-utils"]
fn presets_look_like_their_png() {
    for (name, _) in PRESETS {
        let scene = scene(name);
        let file = written(&scene, name);
        let ppm = poppler("pdftoppm", &["-r", &PPI.to_string()], &file, &[]);
        let (width, height, seen) = ppm_pixels(&ppm);
        let bytes = png(&scene, &Metadata::default(), PngOptions { ppi: PPI }).unwrap();
        let (expected_width, expected_height, expected) = png_pixels(&bytes);
        // Poppler rounds a part of a pixel up.
        assert!(
            width.abs_diff(expected_width) <= 1 && height.abs_diff(expected_height) <= 1,
            "{name}: {width} × {height}, {expected_width} × {expected_height}"
        );

        let (mut far, mut sum) = (0, 0_u64);
        let row = expected_width * 3;
        for (y, line) in expected.chunks_exact(row).enumerate() {
            let other = &seen[y * width * 3..y * width * 3 + row];
            for (a, b) in line.as_chunks::<3>().0.iter().zip(other.as_chunks::<3>().0) {
                let apart = [0, 1, 2].map(|i| a[i].abs_diff(b[i]));
                far += usize::from(apart.iter().any(|d| *d > 32));
                sum += apart.iter().map(|d| u64::from(*d)).sum::<u64>();
            }
        }
        let share = 100.0 * far as f64 / (expected_width * expected_height) as f64;
        let mean = sum as f64 / expected.len() as f64;
        println!("{name}: {share:.2} % differ by more than 32, mean difference {mean:.2}");
        assert!(share < 3.4 && mean < 3.5, "{name}: {share:.2} %, mean {mean:.2}");
    }
}

/// Every label is found as often as the scene has it, in all scripts.
#[test]
#[ignore = "needs pdftotext of poppler-utils"]
fn names_are_found_once() {
    for (name, _) in PRESETS {
        let scene = scene(name);
        let file = written(&scene, &format!("{name}-text"));
        let found = String::from_utf8(poppler("pdftotext", &["-raw"], &file, &["-"])).unwrap();
        let mut texts = Vec::new();
        collect(&scene.items, &mut texts);
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            letters.sort_unstable();
            letters
        };
        assert_eq!(letters(&found), letters(&texts.concat()), "{name}");
    }
}

/// Names along curves and names with their letters spread are found as words.
#[test]
#[ignore = "needs pdftotext of poppler-utils"]
fn names_along_curves_are_words() {
    for (preset, names) in [
        ("treda", ["Tumen", "图们江", "South Hamgyong", "Razdolnaya", "Primorsky Krai", "俄罗斯"]),
        ("rajin-sonbong", ["Tumen", "두만강", "NORTH KOREA", "RUSSIA", "CHINA", "로씨야"]),
    ] {
        let file = written(&scene(preset), &format!("{preset}-curves"));
        let found = String::from_utf8(poppler("pdftotext", &["-raw"], &file, &["-"])).unwrap();
        for name in names {
            assert!(found.lines().any(|line| line == name), "{preset}: {name} in\n{found}");
        }
    }
}

fn collect<'a>(items: &'a [Item], texts: &mut Vec<&'a str>) {
    for item in items {
        match item {
            Item::Text(run) => texts.push(&run.text),
            Item::Group { items, .. } => collect(items, texts),
            Item::Fill { .. } | Item::Stroke { .. } | Item::Image(_) => {}
        }
    }
}

fn png_pixels(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width as usize, info.height as usize, pixels)
}

/// A binary PPM: `P6`, width, height, 255, then the pixels.
fn ppm_pixels(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let header: Vec<&[u8]> = bytes.splitn(4, u8::is_ascii_whitespace).collect();
    let number = |text: &[u8]| std::str::from_utf8(text).unwrap().parse::<usize>().unwrap();
    let pixels = header[3].splitn(2, u8::is_ascii_whitespace).nth(1).unwrap();
    (number(header[1]), number(header[2]), pixels.to_vec())
}
