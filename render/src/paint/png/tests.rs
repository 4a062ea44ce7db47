//! Tests of the PNG painter by the pixels it makes.

use std::sync::Arc;

use super::*;
use crate::scene::{Cap, Color, Image, Point, Stroke, Subpath};
use crate::text::testing::book;
use crate::text::{FaceStyle, TextStyle};

const RED: Color = Color::rgb(255, 0, 0);

fn scene(items: Vec<Item>) -> Scene {
    Scene { width: 100.0, height: 80.0, background: Color::WHITE, fonts: book().fonts(), items }
}

fn fill(x0: f64, y0: f64, x1: f64, y1: f64, color: Color) -> Item {
    Item::Fill { path: Path::rect(&Rect::new(x0, y0, x1, y1)), color }
}

fn at(pixmap: &Pixmap, x: u32, y: u32) -> [u8; 3] {
    let p = pixmap.pixel(x, y).unwrap();
    assert_eq!(p.alpha(), 255);
    [p.red(), p.green(), p.blue()]
}

#[test]
fn the_file_says_size_resolution_and_texts() {
    let metadata = Metadata {
        title: "Zones of the Tumen".into(),
        description: "图们江".into(),
        ..Metadata::default()
    };
    let draw = || {
        let scene = scene(vec![fill(0.0, 0.0, 50.0, 40.0, RED)]);
        png(&scene, &metadata, PngOptions { ppi: 144.0 }).unwrap()
    };
    let bytes = draw();
    assert_eq!(bytes, draw());
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((frame.width, frame.height), (200, 160));
    assert_eq!(frame.color_type, ::png::ColorType::Rgb);
    assert_eq!((&pixels[..3], &pixels[199 * 3..200 * 3]), (&[255, 0, 0][..], &[255, 255, 255][..]));
    let info = reader.info();
    assert_eq!(info.pixel_dims.map(|d| d.xppu), Some(5669));
    assert_eq!(info.uncompressed_latin1_text[0].text, "Zones of the Tumen");
    assert_eq!(info.utf8_text[0].get_text().unwrap(), "图们江");
}

#[test]
fn pages_without_pixels_and_huge_ones_are_refused() {
    for ppi in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e6] {
        let error = png(&scene(vec![]), &Metadata::default(), PngOptions { ppi }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Size, "{ppi}");
    }
}

#[test]
fn rings_in_rings_are_holes() {
    let mut path = Path::rect(&Rect::new(10.0, 10.0, 50.0, 50.0));
    path.subpaths.extend(Path::rect(&Rect::new(20.0, 20.0, 40.0, 40.0)).subpaths);
    let pixmap = raster(&scene(vec![Item::Fill { path, color: RED }]), 72.0).unwrap();
    assert_eq!(at(&pixmap, 15, 15), [255, 0, 0]);
    assert_eq!(at(&pixmap, 30, 30), [255, 255, 255]);
}

#[test]
fn groups_clip_and_fade_as_one() {
    let items = vec![fill(0.0, 0.0, 60.0, 60.0, RED), fill(20.0, 0.0, 80.0, 60.0, RED)];
    let clip = Some(Path::rect(&Rect::new(10.0, 10.0, 40.0, 30.5)));
    let group = Item::Group { clip, opacity: 0.5, items };
    let nested = Item::Group { clip: None, opacity: 0.5, items: vec![group.clone()] };
    let pixmap = raster(&scene(vec![group]), 72.0).unwrap();
    assert_eq!(at(&pixmap, 15, 15), [255, 128, 128]);
    assert_eq!(at(&pixmap, 30, 15), [255, 128, 128]);
    let edge = at(&pixmap, 30, 30)[1];
    assert!((189..=194).contains(&edge), "{edge}");
    assert_eq!(at(&pixmap, 9, 15), [255, 255, 255]);
    assert_eq!(at(&pixmap, 45, 15), [255, 255, 255]);
    let pixmap = raster(&scene(vec![nested]), 72.0).unwrap();
    assert_eq!(at(&pixmap, 30, 15), [255, 192, 192]);
}

#[test]
fn edges_of_a_clip_do_not_bleed() {
    // Red under white under the same half-covered edge: red must not shine through.
    let clip = Some(Path::rect(&Rect::new(10.5, 10.0, 40.0, 30.0)));
    let both = vec![fill(0.0, 0.0, 60.0, 60.0, RED), fill(0.0, 0.0, 60.0, 60.0, Color::WHITE)];
    let group = Item::Group { clip, opacity: 1.0, items: both };
    let pixmap = raster(&scene(vec![group]), 72.0).unwrap();
    assert_eq!(at(&pixmap, 10, 20), [255, 255, 255]);
}

#[test]
fn dashes_leave_gaps_and_caps_reach_out() {
    let line = |cap, dash| Item::Stroke {
        path: Path::line(vec![Point::new(20.0, 20.0), Point::new(80.0, 20.0)]),
        stroke: Stroke { color: RED, width: 8.0, dash, cap },
    };
    let dashed = raster(&scene(vec![line(Cap::Butt, vec![10.0])]), 72.0).unwrap();
    assert_eq!((at(&dashed, 25, 20), at(&dashed, 35, 20)), ([255, 0, 0], [255, 255, 255]));
    assert_eq!((at(&dashed, 45, 20), at(&dashed, 18, 20)), ([255, 0, 0], [255, 255, 255]));
    let round = raster(&scene(vec![line(Cap::Round, vec![])]), 72.0).unwrap();
    assert_eq!((at(&round, 18, 20), at(&round, 14, 20)), ([255, 0, 0], [255, 255, 255]));
}

#[test]
fn thousands_of_points_in_a_pixel_make_the_same_stroke() {
    let wave = |n: u32| {
        let x = |i: u32| 10.0 + 80.0 * f64::from(i) / f64::from(n);
        let points = (0..=n).map(|i| Point::new(x(i), 40.0 + 20.0 * (x(i) / 10.0).sin())).collect();
        let stroke = Stroke { color: RED, width: 4.0, dash: vec![], cap: Cap::Butt };
        raster(&scene(vec![Item::Stroke { path: Path::line(points), stroke }]), 72.0).unwrap()
    };
    let (fine, coarse) = (wave(8000), wave(200));
    let far = fine.data().iter().zip(coarse.data()).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    assert!(far <= 60, "{far}");
}

#[test]
fn halos_lie_below_all_letters_of_their_neighbours() {
    let book = book();
    let style = TextStyle { face: FaceStyle::Bold, ..TextStyle::regular(40.0) };
    let line = book.shape("I", &style);
    let at_x = |x: f64| line.place(x, 60.0, Color::BLACK, Some((RED, 6.0))).remove(0);
    let apart = vec![Item::Text(at_x(20.0)), Item::Text(at_x(27.0))];
    let pixmap = raster(&scene(apart), 72.0).unwrap();
    let row: Vec<[u8; 3]> = (0..100).map(|x| at(&pixmap, x, 45)).collect();
    let black = row.iter().filter(|c| **c == [0, 0, 0]).count();
    let single = raster(&scene(vec![Item::Text(at_x(20.0))]), 72.0).unwrap();
    let alone = (0..100).filter(|x| at(&single, *x, 45) == [0, 0, 0]).count();
    assert!(alone >= 5 && black == 2 * alone, "{alone} {black}");
    assert!(row.contains(&[255, 0, 0]));
}

#[test]
fn rotation_turns_glyphs_clockwise_about_their_origin() {
    let book = book();
    let mut run = book.shape("I", &TextStyle::regular(40.0)).place(50.0, 30.0, RED, None).remove(0);
    run.glyphs.iter_mut().for_each(|glyph| glyph.rotation = 90.0);
    let pixmap = raster(&scene(vec![Item::Text(run)]), 72.0).unwrap();
    // The letter's top, above the origin before, now lies to its right.
    let reds = |x0, x1, y0, y1| {
        (y0..y1)
            .flat_map(|y| (x0..x1).map(move |x| (x, y)))
            .filter(|&(x, y)| at(&pixmap, x, y)[1] < 128)
            .count()
    };
    assert!(reds(50, 90, 28, 60) > 50);
    assert_eq!(reds(0, 48, 0, 80), 0);
}

#[test]
fn pictures_keep_their_pixels_or_are_scaled_smoothly() {
    let rgba: Vec<u8> = (0..4_u8).flat_map(|i| [i * 80, 0, 0, 255]).collect();
    let picture = |w: f64| {
        Item::Image(Image {
            rect: Rect::new(10.0, 10.0, 10.0 + w, 10.0 + w),
            width: 2,
            height: 2,
            rgba: Arc::new(rgba.clone()),
        })
    };
    let same = raster(&scene(vec![picture(2.0)]), 72.0).unwrap();
    assert_eq!((at(&same, 10, 10), at(&same, 11, 11)), ([0, 0, 0], [240, 0, 0]));
    assert_eq!(at(&same, 12, 11), [255, 255, 255]);
    let large = raster(&scene(vec![picture(40.0)]), 72.0).unwrap();
    let middle = at(&large, 29, 29)[0];
    assert!((110..130).contains(&middle), "{middle}");
    let across: Vec<u8> = (10..50).map(|x| at(&large, x, 12)[0]).collect();
    assert!(across.windows(2).all(|w| w[1] + 8 >= w[0]), "{across:?}");
}

#[test]
fn what_lies_off_the_page_or_is_empty_is_skipped() {
    let nothing = Path { subpaths: vec![Subpath { points: vec![], closed: true }] };
    let stroke = Stroke { color: RED, width: 2.0, dash: vec![], cap: Cap::Round };
    let items = vec![
        fill(-50.0, -50.0, -10.0, -10.0, RED),
        fill(200.0, 200.0, 300.0, 300.0, RED),
        Item::Fill { path: Path::default(), color: RED },
        Item::Fill { path: nothing.clone(), color: RED },
        Item::Stroke { path: nothing.clone(), stroke },
        Item::Group {
            clip: Some(nothing),
            opacity: 0.5,
            items: vec![fill(0.0, 0.0, 90.0, 70.0, RED)],
        },
        Item::Group { clip: None, opacity: 0.5, items: vec![] },
    ];
    let pixmap = raster(&scene(items), 72.0).unwrap();
    assert!(pixmap.data().iter().all(|b| *b == 255));
}
