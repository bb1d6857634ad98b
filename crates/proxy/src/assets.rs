//! The console's files, as `build.rs` embedded them: compressed, with a content type and an entity tag each.
//! Must not read the disk.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::compress::expand;

/// One file.
#[derive(Debug)]
pub struct Asset {
    /// Path below the root, such as `/index.html`.
    pub path: &'static str,
    /// Content type.
    pub content_type: &'static str,
    /// Entity tag, with its quotes.
    pub etag: &'static str,
    /// Whether the name holds a hash of the content.
    pub immutable: bool,
    /// Content, compressed with Brotli.
    pub brotli: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// All files.
#[derive(Clone, Copy, Debug)]
pub struct Assets(&'static [Asset]);

impl Assets {
    /// Those inside this program.
    pub const fn embedded() -> Self {
        Self(EMBEDDED)
    }

    /// The file at that path.
    pub fn find(self, path: &str) -> Option<&'static Asset> {
        self.0.iter().find(|asset| asset.path == path)
    }

    /// The page shell, unless the console was not built.
    pub fn index(self) -> Option<&'static Asset> {
        self.find("/index.html")
    }

    /// `sha256-…` sources of the scripts that stand in the page shell itself.
    pub fn script_hashes(self) -> Vec<String> {
        let index = self.index().and_then(|asset| expand(asset.brotli)).and_then(|html| String::from_utf8(html).ok());
        index.map(|html| inline_scripts(&html).into_iter().map(source_of).collect()).unwrap_or_default()
    }
}

fn source_of(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// Texts of the `script` elements without a `src`, as a browser hashes them (CSP Level 3 §6.7.3.5).
fn inline_scripts(html: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, after)) = after.split_once('>') else { break };
        let Some((text, after)) = after.split_once("</script>") else { break };
        let has_source = attributes.split_ascii_whitespace().any(|attribute| attribute.starts_with("src"));
        if !has_source {
            scripts.push(text);
        }
        rest = after;
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_that_stand_in_the_page_are_hashed() {
        let html =
            "<script src=\"/a.js\"></script><script type=\"module\">\nstart();\n</script><p></p><script>x</script>";
        assert_eq!(inline_scripts(html), ["\nstart();\n", "x"]);
        assert_eq!(source_of("x"), "sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=");
    }
}
