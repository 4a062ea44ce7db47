//! The script of a character, as far as maps of Eurasia need it.

/// The script of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Han,
    Kana,
    Hangul,
    /// Belongs to the character before it: combining marks, joiners, variation selectors.
    Inherited,
    /// Of no script: spaces, digits, punctuation, symbols; and scripts that are not listed.
    Common,
}

impl Script {
    /// The script of `c`.
    pub(super) fn of(c: char) -> Self {
        match c {
            'A'..='Z'
            | 'a'..='z'
            | '\u{AA}'
            | '\u{BA}'
            | '\u{C0}'..='\u{D6}'
            | '\u{D8}'..='\u{F6}'
            | '\u{F8}'..='\u{2B8}'
            | '\u{1E00}'..='\u{1EFF}'
            | '\u{2C60}'..='\u{2C7F}'
            | '\u{A722}'..='\u{A7FF}'
            | '\u{FF21}'..='\u{FF3A}'
            | '\u{FF41}'..='\u{FF5A}' => Self::Latin,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Self::Greek,
            '\u{400}'..='\u{482}'
            | '\u{48A}'..='\u{52F}'
            | '\u{1C80}'..='\u{1C8F}'
            | '\u{2DE0}'..='\u{2DFF}'
            | '\u{A640}'..='\u{A69F}' => Self::Cyrillic,
            '\u{300}'..='\u{36F}'
            | '\u{483}'..='\u{489}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2060}'..='\u{2064}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FE20}'..='\u{FE2F}'
            | '\u{FEFF}'
            | '\u{E0100}'..='\u{E01EF}' => Self::Inherited,
            '\u{3005}'
            | '\u{3007}'
            | '\u{2E80}'..='\u{2FDF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{323AF}' => Self::Han,
            '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
                Self::Kana
            }
            '\u{1100}'..='\u{11FF}'
            | '\u{3131}'..='\u{318E}'
            | '\u{A960}'..='\u{A97C}'
            | '\u{AC00}'..='\u{D7FB}' => Self::Hangul,
            _ => Self::Common,
        }
    }

    /// The name the shaper knows it by.
    pub(super) fn tag(self) -> harfrust::Script {
        match self {
            Self::Latin => harfrust::script::LATIN,
            Self::Greek => harfrust::script::GREEK,
            Self::Cyrillic => harfrust::script::CYRILLIC,
            Self::Han => harfrust::script::HAN,
            Self::Kana => harfrust::script::KATAKANA,
            Self::Hangul => harfrust::script::HANGUL,
            Self::Inherited | Self::Common => harfrust::script::COMMON,
        }
    }
}

/// Whether `c` shows nothing, so that a font need not have it: joiners, selectors and spaces other
/// than the plain one (the shaper makes those from it).
pub(super) fn is_invisible(c: char) -> bool {
    let joiner = matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}'
    );
    joiner || c.is_whitespace() || c.is_control()
}

/// The language that the characters suggest when none is given.
pub(super) fn language_of(text: &str) -> &'static str {
    let mut kana = false;
    for c in text.chars() {
        match Script::of(c) {
            Script::Hangul => return "ko",
            Script::Kana => kana = true,
            Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Han
            | Script::Inherited
            | Script::Common => {}
        }
    }
    if kana { "ja" } else { "zh" }
}

/// Whether a line may end between `before` and `after` although no space stands there: between two
/// characters of Han or kana, and after a hyphen or slash; never before closing punctuation nor after
/// opening punctuation.
pub(super) fn may_break_between(before: char, after: char) -> bool {
    const NOT_AT_START: &str =
        "、。，．：；！？）］｝〉》」』】’”,.:;!?)]}·・ー々ぁぃぅぇぉっゃゅょ";
    const NOT_AT_END: &str = "（［｛〈《「『【‘“([{";
    if NOT_AT_START.contains(after) || NOT_AT_END.contains(before) {
        return false;
    }
    let ideographic = |c: char| {
        matches!(Script::of(c), Script::Han | Script::Kana)
            || matches!(c, '\u{3001}'..='\u{3020}' | '\u{FF01}'..='\u{FF60}')
    };
    if matches!(Script::of(after), Script::Inherited) {
        return false;
    }
    let hyphen = matches!(before, '-' | '\u{2010}' | '\u{2013}' | '\u{2014}' | '/');
    (hyphen && after.is_alphabetic()) || ideographic(before) || ideographic(after)
}
