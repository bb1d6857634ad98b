//! Embeds the console: every file of `dist/` (or of the folder that `ROOMKEY_DIST` names), compressed with Brotli.
//! Without that folder the table is empty and the root page says how to build it.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from);
    let missing = |name: &str| io::Error::other(format!("Cargo did not set {name}"));
    let out = variable("OUT_DIR").ok_or_else(|| missing("OUT_DIR"))?;
    let here = variable("CARGO_MANIFEST_DIR").ok_or_else(|| missing("CARGO_MANIFEST_DIR"))?;
    let dist = variable("ROOMKEY_DIST").unwrap_or_else(|| here.join("../../dist"));
    println!("cargo::rerun-if-env-changed=ROOMKEY_DIST");
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=src/store/migrations");

    let mut files = Vec::new();
    if dist.join("index.html").is_file() {
        collect(&dist, &mut files)?;
    }
    files.sort();
    let mut table = String::from("/// What `build.rs` found.\nstatic EMBEDDED: &[Asset] = &[\n");
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let content = fs::read(file)?;
        let hash = hex(&Sha256::digest(&content));
        let compressed = out.join(format!("{hash}.br"));
        if !compressed.is_file() {
            fs::write(&compressed, compress(&content)?)?;
        }
        let relative = file.strip_prefix(&dist).map_err(io::Error::other)?;
        let path: String = relative
            .components()
            .fold(String::new(), |path, part| format!("{path}/{}", part.as_os_str().to_string_lossy()));
        let name = path.rsplit('/').next().unwrap_or_default();
        let _ = writeln!(
            table,
            "    Asset {{ path: {path:?}, content_type: {:?}, etag: \"W/\\\"{}\\\"\", immutable: {}, brotli: \
             include_bytes!({:?}) }},",
            content_type(name),
            &hash[..32],
            has_hash(name),
            compressed.display().to_string(),
        );
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')) {
            files.push(path);
        }
    }
    Ok(())
}

fn compress(content: &[u8]) -> io::Result<Vec<u8>> {
    // The hardest setting takes too long while working on the program.
    let quality = if env::var("PROFILE").is_ok_and(|profile| profile == "release") { 11 } else { 5 };
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 16 * 1024, quality, 22);
    writer.write_all(content)?;
    drop(writer);
    Ok(compressed)
}

/// Trunk puts a hash of the content into names: `console-0123456789abcdef.js`, `…-0123456789abcdef_bg.wasm`. It is a
/// 64-bit number without leading zeros, so that a few digits may be missing.
fn has_hash(name: &str) -> bool {
    name.match_indices('-').any(|(at, _)| {
        let rest = &name[at + 1..];
        let digits = rest.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).count();
        (12..=16).contains(&digits) && rest[digits..].starts_with(['.', '_'])
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
