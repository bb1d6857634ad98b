//! Takes the console's WebAssembly apart: what everybody needs to begin with, and parts that the browser fetches when
//! they are wanted (docs/decisions/010-parts.md). Puts these in the place of the whole that Trunk has put into dist/.
//! Must not decide what is in a part: `#[wasm_split]` in the console does.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result, sentence};
use crate::process::Process;
use crate::setup::ConsoleTools;
use crate::workspace;

/// The console's binary; its files are named after it.
const NAME: &str = "roomkey-console";

/// How the WebAssembly that everybody needs ends; names of parts go on after the same stem.
pub(crate) const FIRST: &str = "_bg.wasm";

/// What the splitter calls the parts: by their own name, or what several have in common by a number.
const PARTS: &[&str] = &["split_", "chunk_"];

/// The script that fetches parts.
const LOADER: &str = "__wasm_split.js";

/// What browsers of the last years can do, and small before fast.
const OPTIMIZE: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Splits what Cargo has built, and has dist/ name the pieces instead of the whole.
pub(crate) fn take_apart(tools: &ConsoleTools) -> Result<()> {
    let (work, dist) = (workspace::wasm_target_dir().join("parts"), workspace::dist_dir());
    let page = dist.join("index.html");
    let apart = split(tools, &work).and_then(|pieces| assemble(&pieces, &work, &dist, &page));
    if apart.is_err() {
        // The whole does not work without its parts: better no page than one that cannot begin.
        let _ = fs::remove_file(&page);
    }
    apart
}

/// Makes every piece in `work`; answers the names of all WebAssembly there.
fn split(tools: &ConsoleTools, work: &Path) -> Result<Vec<String>> {
    let _ = fs::remove_dir_all(work);
    fs::create_dir_all(work).map_err(|cause| unwritable(work, &cause))?;
    let whole = workspace::wasm_target_dir().join("wasm32-unknown-unknown/wasm").join(NAME).with_extension("wasm");
    let splitter = Process::new(&tools.splitter).arg(&whole).arg(work).args(["--target", "web", "--out-name", NAME]);
    splitter.run_quietly()?;
    // The parts are linked by names that the linker has given.
    Process::new(&tools.bindgen)
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle"])
        .args(["--out-name", NAME, "--out-dir"])
        .arg(work)
        .arg(work.join(NAME).with_extension("wasm"))
        .run_quietly()?;
    let pieces = pieces(work)?;
    for piece in &pieces {
        let piece = work.join(piece);
        Process::new(&tools.wasm_opt).args(OPTIMIZE).arg(&piece).arg("-o").arg(&piece).run_quietly()?;
    }
    // Every fetch that fails would stand in the browser's console, also those of a page that is being left. The ones that
    // matter are said to the person.
    let loader = work.join(LOADER);
    esbuild(tools, &loader).args(["--drop:console", "--allow-overwrite"]).arg(outfile(&loader)).run()?;
    // One script instead of two that import each other; what wasm-bindgen writes is made for people to read.
    esbuild(tools, &work.join(NAME).with_extension("js"))
        .args(["--bundle", "--minify", "--format=esm"])
        // wasm-bindgen imports the same script once for each part, and names it as often.
        .arg("--log-override:duplicate-object-key=silent")
        .arg(outfile(&script(work)))
        .run()?;
    Ok(pieces)
}

fn esbuild(tools: &ConsoleTools, script: &Path) -> Process {
    Process::new(&tools.esbuild).arg(script).arg("--log-level=warning")
}

fn outfile(file: &Path) -> String {
    format!("--outfile={}", file.display())
}

/// Copies the pieces into dist/, named by one hash over all of them: pieces of two builds never meet.
fn assemble(pieces: &[String], work: &Path, dist: &Path, page: &Path) -> Result<()> {
    let read = |file: PathBuf| fs::read(&file).map_err(|cause| unreadable(&file, &cause));
    let text = |file: &Path| fs::read_to_string(file).map_err(|cause| unreadable(file, &cause));
    let write = |file: PathBuf, content: &[u8]| fs::write(&file, content).map_err(|cause| unwritable(&file, &cause));
    let contents = pieces.iter().map(|piece| read(work.join(piece))).collect::<Result<Vec<_>>>()?;
    let script = text(&script(work))?;
    let stem = stem(&script, &contents);
    let page_text = text(page)?;
    let trunks = trunks_stem(&page_text).ok_or_else(|| sentence("dist/index.html names no script to start with."))?;
    for (piece, content) in pieces.iter().zip(&contents) {
        write(dist.join(named(&stem, piece)), content)?;
    }
    write(dist.join(&stem).with_extension("js"), with_names(script, &stem, pieces)?.as_bytes())?;
    for ending in [".js", FIRST] {
        let file = dist.join(format!("{trunks}{ending}"));
        fs::remove_file(&file).map_err(|cause| unwritable(&file, &cause))?;
    }
    write(page.to_owned(), page_text.replace(trunks, &stem).as_bytes())
}

/// All WebAssembly that a browser gets: the first piece and the parts.
fn pieces(work: &Path) -> Result<Vec<String>> {
    let entries = work.read_dir().map_err(|cause| unreadable(work, &cause))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut pieces: Vec<String> = names.filter(|name| is_first(name) || is_part(name)).collect();
    pieces.sort();
    Ok(pieces)
}

fn is_first(name: &str) -> bool {
    name.strip_prefix(NAME) == Some(FIRST)
}

fn is_part(name: &str) -> bool {
    is_wasm(name) && PARTS.iter().any(|part| name.starts_with(part))
}

/// Whether a file of that name is WebAssembly.
pub(crate) fn is_wasm(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "wasm")
}

fn script(work: &Path) -> PathBuf {
    work.join("bundle.js")
}

/// The name in front of every piece, with a hash as Trunk writes it.
fn stem(script: &str, contents: &[Vec<u8>]) -> String {
    let mut hasher = DefaultHasher::new();
    (script, contents).hash(&mut hasher);
    format!("{NAME}-{:016x}", hasher.finish())
}

/// The stem of what Trunk made of the whole.
fn trunks_stem(page: &str) -> Option<&str> {
    let (before, _) = page.split_once(FIRST)?;
    let stem = before.rsplit(|character: char| !character.is_ascii_alphanumeric() && character != '-').next()?;
    stem.starts_with(NAME).then_some(stem)
}

/// What a piece is called in dist/.
fn named(stem: &str, piece: &str) -> String {
    match piece.strip_prefix(NAME) {
        Some(ending) => format!("{stem}{ending}"),
        None => format!("{stem}_{piece}"),
    }
}

/// The script, asking for the pieces by the names that they have in dist/.
fn with_names(script: String, stem: &str, pieces: &[String]) -> Result<String> {
    pieces.iter().try_fold(script, |script, piece| {
        if script.contains(piece) {
            Ok(script.replace(piece, &named(stem, piece)))
        } else {
            Err(sentence(format!("The console's script does not ask for {piece}.")))
        }
    })
}

fn unreadable(file: &Path, cause: &std::io::Error) -> Failure {
    sentence(format!("{} cannot be read: {cause}.", file.display()))
}

fn unwritable(file: &Path, cause: &std::io::Error) -> Failure {
    sentence(format!("{} cannot be written: {cause}.", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_gets_is_a_piece() {
        assert!(is_first("roomkey-console_bg.wasm"));
        for part in ["split_bulk.wasm", "chunk_3.wasm"] {
            assert!(is_part(part), "{part}");
        }
        for other in ["roomkey-console.wasm", "roomkey-console.js", "__wasm_split.js", "split_bulk.js"] {
            assert!(!is_first(other) && !is_part(other), "{other}");
        }
    }

    #[test]
    fn one_byte_of_any_piece_changes_every_name() {
        let (script, pieces) = ("start()", vec![vec![0, 1], vec![2]]);
        let stem = |script, pieces: &[Vec<u8>]| super::stem(script, pieces);
        let before = stem(script, &pieces);
        assert_eq!(before.len(), NAME.len() + 17);
        assert_eq!(before, stem(script, &pieces));
        assert_ne!(before, stem("start( )", &pieces));
        assert_ne!(before, stem(script, &[vec![0, 1], vec![3]]));
        // Where one piece ends and the next begins counts too.
        assert_ne!(before, stem(script, &[vec![0], vec![1, 2]]));
    }

    #[test]
    fn script_asks_for_the_pieces_by_their_names_in_dist() {
        let script =
            r#"new URL("roomkey-console_bg.wasm",import.meta.url);fetch(new URL("./split_bulk.wasm",import.meta.url))"#;
        let pieces = ["roomkey-console_bg.wasm".to_owned(), "split_bulk.wasm".to_owned()];
        let named = with_names(script.to_owned(), "roomkey-console-00ff", &pieces).expect("all pieces are asked for");
        assert_eq!(
            named,
            r#"new URL("roomkey-console-00ff_bg.wasm",import.meta.url);fetch(new URL("./roomkey-console-00ff_split_bulk.wasm",import.meta.url))"#
        );
    }

    #[test]
    fn piece_that_nobody_asks_for_is_a_fault() {
        assert!(with_names("start()".to_owned(), "roomkey-console-00ff", &["split_bulk.wasm".to_owned()]).is_err());
    }

    #[test]
    fn what_trunk_made_is_found_by_the_page() {
        let page = r#"<link rel="preload" href="/roomkey-console-fa324d8f14c3a186_bg.wasm" as="fetch">"#;
        assert_eq!(trunks_stem(page), Some("roomkey-console-fa324d8f14c3a186"));
        assert_eq!(trunks_stem(r#"<link href="/other-00_bg.wasm">"#), None);
        assert_eq!(trunks_stem("<html></html>"), None);
    }
}
