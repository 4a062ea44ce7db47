//! A map from a spec of one's own: the borders around Lake Khanka, in Russian and Chinese.

use tumen::atlas::Atlas;
use tumen::map::Format;
use tumen::render::spec::MapSpec;

const SPEC: &str = r##"
title = { en = "Around Lake Khanka", ru = "Вокруг озера Ханка", zh = "兴凯湖一带" }
extent = { bbox = [130.6, 44.0, 133.8, 45.8] }
languages = ["ru", "zh"]
page = { width_px = 900, ppi = 150 }

[[layers]]
id = "ports"
source = "catalogue"
query = { kind = "border-port" }
title = { en = "Border port", ru = "Пункт пропуска", zh = "口岸" }
matters = true
style = { symbol = { shape = "square", size_pt = 5, fill = "#9c1a31", stroke = "#ffffff", stroke_width_pt = 0.5 } }
labels = { size_pt = 7.5, face = "bold", priority = 60 }
"##;

fn main() -> tumen::Result<()> {
    let spec = MapSpec::from_toml(SPEC)?;
    let drawing = tumen::map::draw(&spec, &Atlas::new(tumen::catalogue()?, ""), &tumen::fonts()?)?;
    let path = std::env::temp_dir().join("khanka.png");
    let written = std::fs::write(&path, drawing.write(Format::Png)?);
    written.map_err(|e| tumen::Error::failure(format!("cannot write {}: {e}", path.display())))?;
    println!("{} in {}", drawing.composed.explain.projection_name, path.display());
    Ok(())
}
