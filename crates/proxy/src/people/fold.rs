//! Spellings: letters without their accents and in small, words of a text, and the parts of words that searches go by.
//! Pure.

use std::collections::BTreeSet;

use icu_normalizer::DecomposingNormalizerBorrowed;

/// An address or an id, to be compared: only in small letters. Accents make it another one.
pub fn handle(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A text as searches see it: small letters without accents, in their plain spelling.
pub fn fold(text: &str) -> String {
    spelt(text, plain)
}

/// Every word of a text, folded: letters and digits. Words with an umlaut stand there in both spellings.
pub fn words(text: &str) -> Vec<String> {
    let mut words = split(&fold(text));
    for word in split(&spelt(text, long)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The words that somebody looks for.
pub fn wanted(text: &str) -> Vec<String> {
    let mut words = split(&fold(text));
    words.sort();
    words.dedup();
    words
}

/// All one, two and three letters that follow each other in words.
pub fn parts<'a>(words: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut parts = BTreeSet::new();
    for word in words {
        let ends: Vec<usize> = word.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
        for (index, (start, _)) in word.char_indices().enumerate() {
            parts.extend((0..3).filter_map(|more| word.get(start..*ends.get(index + more)?)));
        }
    }
    parts
}

/// The parts by which a word is looked for: itself, or all three letters of it that follow each other.
pub fn clues(word: &str) -> BTreeSet<&str> {
    let letters = word.chars().count();
    if letters <= 3 {
        BTreeSet::from([word])
    } else {
        parts(std::iter::once(word)).into_iter().filter(|part| part.chars().count() == 3).collect()
    }
}

fn split(folded: &str) -> Vec<String> {
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn spelt(text: &str, letter: fn(char) -> Option<&'static str>) -> String {
    let mut replaced = String::with_capacity(text.len());
    for small in text.chars().flat_map(char::to_lowercase) {
        match letter(small).or_else(|| plain(small)) {
            Some(spelling) => replaced.push_str(spelling),
            None => replaced.push(small),
        }
    }
    if replaced.is_ascii() {
        return replaced;
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(&replaced);
    // What compatibility makes of a sign may be a large letter again, or one of ours.
    let mut folded = String::with_capacity(decomposed.len());
    for small in decomposed.chars().flat_map(char::to_lowercase).filter(|letter| !is_accent(*letter)) {
        match plain(small) {
            Some(spelling) => folded.push_str(spelling),
            None => folded.push(small),
        }
    }
    folded
}

/// Letters that are no other letter with an accent on it.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' | 'ǽ' => "ae",
        'œ' => "oe",
        'ø' | 'ǿ' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ĸ' => "k",
        _ => return None,
    })
}

/// How some of them are written where there is no key for them.
const fn long(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ä' => "ae",
        'ö' | 'ø' => "oe",
        'ü' => "ue",
        'å' => "aa",
        _ => return None,
    })
}

const fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_lose_accents_and_size_in_any_form() {
        for (text, folded) in [
            ("Müller", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("GROẞ", "gross"),
            ("Straße", "strasse"),
            ("Søren Łukasz", "soren lukasz"),
            ("Đặng Văn", "dang van"),
            ("Ægir Œuvre", "aegir oeuvre"),
            ("Þór", "thor"),
            ("İstanbul ı", "istanbul i"),
            ("Ｆｕｌｌ ﬁne", "full fine"),
            ("Ἀθηνᾶ", "αθηνα"),
            ("Йод", "иод"),
            ("山田", "山田"),
            ("O'Brien", "o'brien"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn umlauts_are_found_in_both_spellings() {
        assert_eq!(words("Jörg Müller"), ["jorg", "muller", "joerg", "mueller"]);
        assert_eq!(words("ann.reed@example.com"), ["ann", "reed", "example", "com"]);
        assert_eq!(wanted(" Müller,  ANN "), ["ann", "muller"]);
        assert_eq!(wanted("@ - ."), [""; 0]);
    }

    #[test]
    fn parts_of_words_are_up_to_three_letters() {
        assert_eq!(parts(["anna"].into_iter()), ["a", "an", "ann", "n", "na", "nn", "nna"].into());
        assert_eq!(clues("anna"), ["ann", "nna"].into());
        assert_eq!(clues("æø"), ["æø"].into());
        assert_eq!(clues("山"), ["山"].into());
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn every_part_of_a_word_is_found_by_its_clues(text in "\\PC{0,30}", from in 0_usize..30, length in 1_usize..9) {
            for word in words(&text) {
                let part: String = word.chars().skip(from).take(length).collect();
                let all = parts(std::iter::once(word.as_str()));
                prop_assert!(part.is_empty() || clues(&part).iter().all(|clue| all.contains(clue)));
            }
        }
    }
}
