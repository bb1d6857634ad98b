//! The languages that there are words in, and which of them somebody reads. Must not hold words.

/// A language that there are words in. English is complete; where another one lacks a word, English stands in for it.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// Its tag (BCP 47), also in the names of words files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language of a tag: `de-CH` is German.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|language| language.as_str().eq_ignore_ascii_case(primary))
    }

    /// The language that an `Accept-Language` header asks for first (RFC 9110 §12.5.4); English when it asks for none that
    /// there is. Weights count, then the order; a language with weight 0 is not wanted.
    pub fn accepted(header: &str) -> Self {
        let mut best: Option<(u32, Self)> = None;
        let mut refused = Vec::new();
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let Some(weight) = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1_000), thousandths) else {
                continue;
            };
            let known = Self::of_tag(tag);
            if weight == 0 {
                refused.extend(known);
                continue;
            }
            let meant =
                if tag == "*" { Self::ALL.into_iter().find(|language| !refused.contains(language)) } else { known };
            if let Some(language) = meant
                && best.is_none_or(|(most, _)| weight > most)
            {
                best = Some((weight, language));
            }
        }
        best.map_or_else(Self::default, |(_, language)| language)
    }
}

/// A weight in thousandths; none when it is none.
fn thousandths(weight: &str) -> Option<u32> {
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    if !matches!(whole, "0" | "1") || part.len() > 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part: u32 = format!("{part:0<3}").parse().ok()?;
    let weight = whole.parse::<u32>().ok()? * 1_000 + part;
    (weight <= 1_000).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_is_read_by_weight_then_order_and_regions_count_as_their_language() {
        for (header, language) in [
            ("", Language::En),
            ("de", Language::De),
            ("de-CH", Language::De),
            ("DE-at,en;q=0.5", Language::De),
            ("en-GB,en;q=0.9,de;q=0.8", Language::En),
            ("en;q=0.2, de;q=0.9", Language::De),
            ("fr-FR, fr;q=0.9, de;q=0.3", Language::De),
            ("fr", Language::En),
            ("*", Language::En),
            ("en;q=0, *", Language::De),
            ("de;q=0", Language::En),
            ("de;q=nonsense", Language::En),
            ("de;q=1.5, en;q=0.1", Language::En),
            ("deutsch", Language::En),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
    }
}
