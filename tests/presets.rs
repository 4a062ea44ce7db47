//! The presets as they come: nothing that they name is left out.

use tumen::map::PRESETS;

/// In English every preset has room for all labels but the quiet ones of the base map.
#[test]
fn no_preset_leaves_a_label_out() -> Result<(), tumen::Error> {
    let fonts = tumen::fonts()?;
    for (name, _) in PRESETS {
        let (mut spec, folder) = tumen::map::spec(name)?;
        spec.languages = vec!["en".to_owned()];
        let drawing = tumen::map::draw(&spec, &tumen::atlas::Atlas::built_in(folder), &fonts)?;
        let explain = &drawing.composed.explain;
        assert!(explain.labels_left_out.is_empty(), "{name}: {:?}", explain.labels_left_out);
    }
    Ok(())
}
