//! What combinations are called, and their figures.

use std::collections::{BTreeMap, BTreeSet};

use tumen_geo_core::Area;

use crate::layout::furniture::numbers::{three_digits, written};
use crate::spec::LocalText;

/// A name for the ground of these members, in every language that one of them is named in; of a
/// single one, whether it is `only` part of it.
pub(super) fn title(names: &[&LocalText], only: bool) -> LocalText {
    if let [LocalText::Plain(name)] = names
        && !only
    {
        return LocalText::Plain(name.clone());
    }
    let mut languages: BTreeSet<&str> = BTreeSet::new();
    for name in names {
        match name {
            LocalText::Plain(_) => languages.insert("en"),
            LocalText::ByLanguage(table) => {
                languages.extend(table.keys().map(String::as_str));
                true
            }
        };
    }
    let said = |lang: &str| {
        let wanted = [lang.to_owned()];
        let texts: Vec<String> = names
            .iter()
            .filter_map(|name| name.lines(&wanted).first().map(|(_, text)| (*text).to_owned()))
            .collect();
        (lang.to_owned(), joined(lang, &texts, only))
    };
    LocalText::ByLanguage(languages.into_iter().map(said).collect::<BTreeMap<_, _>>())
}

fn joined(lang: &str, names: &[String], only: bool) -> String {
    let Some((last, first)) = names.split_last() else { return String::new() };
    if first.is_empty() {
        return match lang {
            _ if !only => last.clone(),
            "zh" => format!("仅{last}"),
            "ko" => format!("{last}만"),
            "ja" => format!("{last}のみ"),
            "ru" => format!("только {last}"),
            "mn" => format!("зөвхөн {last}"),
            _ => format!("{last} only"),
        };
    }
    let (comma, and) = match lang {
        "zh" => ("、", "与"),
        "ko" => (", ", " 및 "),
        "ja" => ("、", "と"),
        "ru" => (", ", " и "),
        "mn" => (", ", " ба "),
        _ => (", ", " and "),
    };
    format!("{}{and}{last}", first.join(comma))
}

/// `187 km² · 26 % / 15 %`: an area and its shares of some members; `730 km²` without shares.
pub(super) fn figures(area: Area, shares: &[f64]) -> LocalText {
    let percents: Vec<String> = shares.iter().map(|share| percent(*share)).collect();
    let area = three_digits(area.to_km2());
    let said = |unit: &str| match percents.as_slice() {
        [] => format!("{area}\u{a0}{unit}"),
        percents => format!("{area}\u{a0}{unit} · {}", percents.join(" / ")),
    };
    let units = [("en", "km²"), ("ru", "км²"), ("mn", "км²")];
    LocalText::ByLanguage(units.iter().map(|(lang, unit)| ((*lang).into(), said(unit))).collect())
}

/// A share to two digits.
pub(in crate::layout) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let text = match percent {
        p if p < 0.01 => "<\u{a0}0.01".to_owned(),
        p if p < 0.995 => written(p, 2),
        p if p < 9.95 => written(p, 1),
        p if p < 99.5 || share > 1.0 - 1e-9 => written(p, 0),
        _ => ">\u{a0}99".to_owned(),
    };
    format!("{text}\u{a0}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pairs: &[(&str, &str)]) -> LocalText {
        LocalText::ByLanguage(
            pairs.iter().map(|(lang, text)| ((*lang).into(), (*text).into())).collect(),
        )
    }

    #[test]
    fn combinations_are_named_in_every_language() {
        let zone = text(&[("en", "Zone"), ("zh", "区"), ("ru", "зона")]);
        let small = text(&[("en", "Triangle"), ("zh", "三角")]);
        let port = LocalText::Plain("Port".into());
        let both = title(&[&zone, &small], true);
        let expected =
            text(&[("en", "Zone and Triangle"), ("zh", "区与三角"), ("ru", "зона и Triangle")]);
        assert_eq!(both, expected);
        let three = title(&[&zone, &small, &port], false);
        let languages = ["en".to_owned(), "zh".to_owned()];
        let said = [("en", "Zone, Triangle and Port"), ("zh", "区、三角与Port")];
        assert_eq!(three.lines(&languages), said);
        assert_eq!(title(&[&small], true), text(&[("en", "Triangle only"), ("zh", "仅三角")]));
        assert_eq!(title(&[&small], false), small);
    }

    #[test]
    fn figures_have_the_digits_that_readers_need() {
        let said = |km2: f64, shares: &[f64]| {
            let text = figures(Area::km2(km2), shares);
            text.lines(&[]).first().map(|(_, text)| (*text).to_owned()).unwrap()
        };
        assert_eq!(said(187.4, &[0.2567, 0.152]), "187\u{a0}km² · 26\u{a0}% / 15\u{a0}%");
        assert_eq!(said(12_345.0, &[]), "12\u{a0}300\u{a0}km²");
        let percents = [0.996, 1.0, 0.0163, 0.0044, 0.000_01].map(percent);
        let expected = [">\u{a0}99", "100", "1.6", "0.44", "<\u{a0}0.01"];
        assert_eq!(percents, expected.map(|text| format!("{text}\u{a0}%")));
    }
}
