//! What the ledger keeps of a request: the document without passwords, tickets and access tokens.
//! Must not need a document that can be read: what is broken is redacted too.

use serde_json::Value;

use super::read::decoded;

const SECRETS: [&str; 3] = ["password", "sessionTicket", "webExAccessToken"];

pub(super) fn told(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    let text = decoded(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned());
    Value::String(SECRETS.iter().fold(text, |text, name| without(&text, name)))
}

/// Replaces what stands between the tags of this name, up to the next closing tag or else the end.
fn without(text: &str, name: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, from) = rest.split_at(at);
        let after = &from[name.len()..];
        let opens = before.ends_with('<') || before.rsplit('<').next().is_some_and(is_prefix);
        let ends = after.starts_with(|next: char| next == '>' || next.is_whitespace());
        let tag_length = after.find('>').filter(|at| opens && ends && !after[..*at].ends_with('/'));
        kept.push_str(before);
        kept.push_str(name);
        rest = after;
        if let Some(length) = tag_length {
            let (tag, content) = after.split_at(length + 1);
            kept.push_str(tag);
            kept.push_str("***");
            rest = &content[content.find("</").unwrap_or(content.len())..];
        }
    }
    kept.push_str(rest);
    kept
}

/// Whether this is the prefix of an opening tag, such as `serv:`.
fn is_prefix(text: &str) -> bool {
    text.strip_suffix(':').is_some_and(|prefix| !prefix.contains(|letter: char| "</>\"' ".contains(letter)))
}

#[cfg(test)]
mod tests {
    use super::told;

    #[track_caller]
    fn check(sent: &str, expect: &str) {
        assert_eq!(told(sent.as_bytes()), expect);
    }

    #[test]
    fn secrets_go_and_the_rest_stays() {
        check("<a><password>x</password><p>password y</p></a>", "<a><password>***</password><p>password y</p></a>");
        check("<s:password a='1'>x</s:password>", "<s:password a='1'>***</s:password>");
        check("<password><![CDATA[<x>]]></password>", "<password>***</password>");
        check("<sessionTicket>x</sessionTicket >", "<sessionTicket>***</sessionTicket >");
        check("<webExAccessToken>x", "<webExAccessToken>***");
        check("<password/><b>1</b>", "<password/><b>1</b>");
        check("<passwordHint>1</passwordHint>", "<passwordHint>1</passwordHint>");
        check("<hostPIN>3421</hostPIN>", "<hostPIN>3421</hostPIN>");
    }
}
