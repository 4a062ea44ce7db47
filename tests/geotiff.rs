//! Maps as GeoTIFF and as PNG with a world file: GDAL puts them where they belong.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tumen::map::Drawing;

/// Marks whose place in the picture is looked up: their colours.
const COLOURS: [[u8; 3]; 3] = [[255, 0, 0], [0, 160, 0], [0, 0, 255]];
/// Longitudes and latitudes.
type Marks = [(f64, f64)];
/// Rajin, Hunchun, Zarubino.
const PORTS: [(f64, f64); 3] = [(130.3, 42.25), (130.37, 42.86), (131.08, 42.65)];
const REGION: [(f64, f64); 3] = [(107.6, 51.8), (141.3, 43.1), (119.0, 31.0)];
const WORLD: [(f64, f64); 3] = [(130.3, 42.25), (-70.7, -33.4), (18.4, 60.0)];
const NORTH: [(f64, f64); 3] = [(130.3, 72.25), (-70.7, 66.4), (18.4, 80.0)];

/// What the map is drawn in, the marks on it, and the code that GDAL is to find.
const SYSTEMS: [(&str, &Marks, Option<&str>); 23] = [
    ("auto", &PORTS, None),
    ("utm", &PORTS, Some("32652")),
    ("epsg:4554", &PORTS, Some("4554")),
    ("EPSG:5179", &PORTS, Some("5179")),
    ("EPSG:6690", &PORTS, Some("6690")),
    ("+proj=utm +zone=52 +ellps=GRS80 +units=m", &PORTS, None),
    (
        "+proj=utm +zone=20 +south +ellps=WGS84",
        &[(-64.0, -20.0), (-62.0, -18.0), (-60.9, -19.0)],
        None,
    ),
    ("+proj=tmerc +lat_0=40 +lon_0=130 +k=0.9999 +x_0=300000 +y_0=-7 +ellps=GRS80", &PORTS, None),
    ("mercator", &PORTS, Some("3857")),
    ("laea", &REGION, None),
    ("albers", &REGION, None),
    ("lcc", &REGION, None),
    ("aeqd", &REGION, None),
    ("stereographic", &REGION, None),
    ("equirectangular", &REGION, None),
    ("orthographic", &REGION, None),
    ("ESRI:102026", &REGION, None),
    ("+proj=merc +lon_0=125 +datum=WGS84", &REGION, None),
    ("EPSG:4326", &WORLD, None),
    ("equal-earth", &WORLD, Some("8857")),
    ("+proj=eqearth +lon_0=105 +datum=WGS84", &REGION, None),
    ("robinson", &WORLD, None),
    ("EPSG:3413", &NORTH, Some("3413")),
];

fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("geotiff");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn tumen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tumen")).args(arguments).output().unwrap()
}

/// What a program of GDAL answers to `input`.
fn gdal(program: &str, arguments: &[&str], file: &Path, input: &str) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?} {}: {said}", file.display());
    String::from_utf8(output.stdout).unwrap()
}

/// Where GDAL finds positions in the picture: columns and rows, in pixels from the top left corner.
fn pixels_by_gdal(file: &Path, positions: &Marks) -> Vec<(f64, f64)> {
    let asked: Vec<String> = positions.iter().map(|(lon, lat)| format!("{lon} {lat}\n")).collect();
    let answer = gdal("gdaltransform", &["-i", "-t_srs", "OGC:CRS84"], file, &asked.concat());
    let number = |text: Option<&str>| text.unwrap().parse().unwrap();
    answer
        .lines()
        .map(|line| line.split(' '))
        .map(|mut w| (number(w.next()), number(w.next())))
        .collect()
}

/// The middle of what is painted in a colour, weighed by how much of each pixel it covers, in the
/// pixels that GDAL reads.
fn middle(file: &Path, colour: [u8; 3]) -> (f64, f64) {
    let copy = file.with_extension("copy.png");
    gdal("gdal_translate", &["-q", "-of", "PNG", file.to_str().unwrap()], &copy, "");
    let read = std::io::BufReader::new(fs::File::open(copy).unwrap());
    let mut reader = png::Decoder::new(read).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let width = reader.next_frame(&mut bytes).unwrap().width as usize;
    let pixels = bytes.as_chunks::<3>().0;
    let whole = || (0..pixels.len()).filter(|at| pixels[*at] == colour);
    assert!(whole().count() > 50, "{}: no {colour:?}", file.display());
    let (left, right) = (whole().map(|at| at % width).min(), whole().map(|at| at % width).max());
    let (left, right) = (left.unwrap() - 2, right.unwrap() + 2);
    let (top, bottom) = (whole().min().unwrap() / width - 2, whole().max().unwrap() / width + 2);
    let ground = pixels[top * width + left];
    let apart =
        |from: [u8; 3], to: [u8; 3]| [0, 1, 2].map(|i| f64::from(to[i]) - f64::from(from[i]));
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let full = apart(ground, colour);
    let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
    for row in top..=bottom {
        for column in left..=right {
            let covered = dot(apart(ground, pixels[row * width + column]), full) / dot(full, full);
            x += (column as f64 + 0.5) * covered;
            y += (row as f64 + 0.5) * covered;
            sum += covered;
        }
    }
    (x / sum, y / sum)
}

/// A map with marks of three colours, drawn by the command under `name`.tif and .png.
fn marked(name: &str, projection: &str, marks: &Marks) -> (PathBuf, Drawing) {
    let mut spec = vec![format!(
        "base = \"\"\ntitle = \"Marks\"\nprojection = \"{projection}\"\npage = {{ width_px = 700 }}\n\
         furniture = {{ legend = false, scale_bar = false, north_arrow = false, graticule = false }}\n"
    )];
    let (mut west, mut south, mut east, mut north) = (180.0_f64, 90.0_f64, -180.0_f64, -90.0_f64);
    for ((lon, lat), [r, g, b]) in marks.iter().zip(COLOURS) {
        let source = format!("{name}-{r}-{g}-{b}.geojson");
        let point = format!("{{\"type\": \"Point\", \"coordinates\": [{lon}, {lat}]}}");
        fs::write(
            file(&source),
            format!("{{\"type\": \"Feature\", \"properties\": {{}}, \"geometry\": {point}}}"),
        )
        .unwrap();
        spec.push(format!(
            "[[layers]]\nid = \"{r}-{g}-{b}\"\nsource = \"file:{source}\"\nstyle = {{ symbol = {{ \
             shape = \"circle\", size_pt = 9, fill = \"#{r:02x}{g:02x}{b:02x}\", stroke_width_pt = 0 }} }}\n"
        ));
        (west, east) = (west.min(*lon), east.max(*lon));
        (south, north) = (south.min(*lat), north.max(*lat));
    }
    let extent = if marks == NORTH {
        [-180.0, 60.0, 180.0, 90.0]
    } else if marks == WORLD {
        [-180.0, -90.0, 180.0, 90.0]
    } else {
        let (dx, dy) = ((east - west) * 0.2, (north - south) * 0.2);
        [west - dx, south - dy, east + dx, north + dy]
    };
    let path = file(&format!("{name}.toml"));
    fs::write(&path, format!("extent = {{ bbox = {extent:?} }}\n{}", spec.concat())).unwrap();
    for (extension, more) in [("tif", None), ("png", Some("--world-file"))] {
        let out = path.with_extension(extension);
        let mut arguments = vec!["map", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
        arguments.extend(more);
        let output = tumen(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let (spec, folder) = tumen::map::spec(path.to_str().unwrap()).unwrap();
    let atlas = tumen::atlas::Atlas::built_in(folder);
    let drawing = tumen::map::draw(&spec, &atlas, &tumen::fonts().unwrap()).unwrap();
    (path, drawing)
}

/// A mark is drawn where GDAL says that its position is, in the reference system that GDAL reads.
/// Measured with GDAL 3.6.2 and PROJ 9.1.1.
#[test]
#[ignore = "needs gdalinfo, gdaltransform and gdal_translate of gdal-bin"]
fn marks_lie_where_gdal_looks_for_them() {
    for (number, (projection, marks, code)) in SYSTEMS.into_iter().enumerate() {
        let (spec, drawing) = marked(&format!("map-{number}"), projection, marks);
        for extension in ["tif", "png"] {
            let file = spec.with_extension(extension);
            let info: Value =
                serde_json::from_str(&gdal("gdalinfo", &["-json"], &file, "")).unwrap();
            let wkt = info["coordinateSystem"]["wkt"].as_str().unwrap();
            let last = wkt.lines().last().unwrap().trim_end_matches(']');
            assert_eq!(last.strip_prefix("    ID[\"EPSG\","), code, "{projection}: {wkt}");
            let place = drawing.composed.place.as_ref().unwrap();
            let corner = &info["cornerCoordinates"]["upperLeft"];
            let off = (corner[0].as_f64().unwrap() - place.easting)
                .hypot(corner[1].as_f64().unwrap() - place.northing);
            // gdalinfo prints millimetres.
            assert!(off < 0.002, "{projection}: the corner is {off} m off");
            let mut furthest = 0.0_f64;
            for ((x, y), colour) in pixels_by_gdal(&file, marks).into_iter().zip(COLOURS) {
                let (drawn_x, drawn_y) = middle(&file, colour);
                furthest = furthest.max((drawn_x - x).hypot(drawn_y - y));
            }
            println!("{projection} .{extension}: marks {furthest:.3} pixels off at most");
            assert!(furthest < 0.05, "{projection} .{extension}: {furthest} pixels off");
        }
    }
}

#[test]
fn a_tiff_is_written_the_same_each_time_and_is_not_larger_than_the_png() {
    let [first, again, png] = ["first.tif", "again.TIFF", "size.png"].map(|name| {
        let path = file(name);
        let output = tumen(&["map", "small-triangle", "-o", path.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("1600 × 1363 px"), "{said}");
        fs::read(path).unwrap()
    });
    assert!(first == again && first.len() <= png.len(), "{} {}", first.len(), png.len());
}

#[test]
fn what_has_no_place_is_refused_with_a_way_out() {
    let spec = file("mollweide.toml");
    fs::write(
        &spec,
        "extent = { bbox = [0, 0, 9, 9] }\nprojection = \"+proj=moll +lon_0=0 +datum=WGS84\"\npage = { width_px = 500 }",
    )
    .unwrap();
    for (map, arguments, hint) in [
        (spec.to_str().unwrap(), &["-o", "no.tif"][..], "write a .png with --world-file"),
        ("zones-by-year", &["-o", "no.tif"], "one year alone"),
        ("zones-by-year", &["-o", "no.png", "--world-file"], "without --world-file"),
        ("treda", &["-o", "no.tif", "--world-file"], "needs none"),
    ] {
        _ = fs::remove_file(file(arguments[1]));
        let output = Command::new(env!("CARGO_BIN_EXE_tumen"))
            .args(["map", map])
            .args(arguments)
            .current_dir(file("").as_path())
            .output()
            .unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && message.contains(hint), "{map}: {message}");
        assert!(!file(arguments[1]).exists(), "{map}: nothing is written before it fails");
    }
}
