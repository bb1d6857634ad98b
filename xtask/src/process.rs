//! Starting other programs: one place that knows the environment they get and turns their failure into a sentence.
//! Must not go through a shell.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result, sentence};
use crate::say;

/// Variables that `cargo run` gives to xtask and that would mislead a cargo started from here.
const LEFT_OUT: &[&str] =
    &["CARGO", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"];

/// A program to be started.
pub(crate) struct Process {
    command: Command,
    name: String,
}

impl Process {
    /// The program with this name on PATH, or at this path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program.as_ref());
        for name in LEFT_OUT {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(&name);
            }
        }
        command.env("CARGO_TERM_COLOR", if say::in_colour() { "always" } else { "never" });
        let name = Path::new(program.as_ref()).file_name().unwrap_or(program.as_ref());
        Self { command, name: name.to_string_lossy().into_owned() }
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub(crate) fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn current_dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Puts directories before everything else on the program's PATH.
    pub(crate) fn first_on_path(mut self, dirs: &[PathBuf]) -> Self {
        if let Ok(path) = with_first_on_path(dirs) {
            self.command.env("PATH", path);
        }
        self
    }

    /// Runs it to the end; its output is the person's to see.
    pub(crate) fn run(mut self) -> Result<()> {
        let status = self.command.status().map_err(|cause| not_started(&self.name, &cause))?;
        if status.success() { Ok(()) } else { Err(sentence(format!("`{}` failed.", self.name))) }
    }

    /// Runs it to the end and shows its output only when it fails.
    pub(crate) fn run_quietly(self) -> Result<()> {
        let name = self.name.clone();
        let (succeeded, told) = self.told()?;
        if succeeded {
            return Ok(());
        }
        let lines: Vec<&str> = told.lines().collect();
        let last = lines[lines.len().saturating_sub(40)..].join("\n");
        Err(sentence(format!("{last}\n`{name}` failed; its last lines stand above.")))
    }

    /// Runs it to the end, shows its output line by line and answers what it printed on stdout.
    pub(crate) fn run_and_read(mut self) -> (String, Result<()>) {
        let mut child = match self.command.stdout(Stdio::piped()).spawn() {
            Ok(child) => child,
            Err(cause) => return (String::new(), Err(not_started(&self.name, &cause))),
        };
        let mut read = String::new();
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).split(b'\n').map_while(std::result::Result::ok) {
                let line = String::from_utf8_lossy(&line);
                say::line(&line);
                read.push_str(&line);
                read.push('\n');
            }
        }
        let ended = match child.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(sentence(format!("`{}` failed.", self.name))),
            Err(cause) => Err(not_started(&self.name, &cause)),
        };
        (read, ended)
    }

    /// Starts it in the background and waits for the first line that it prints.
    pub(crate) fn start(mut self) -> Result<(Running, String)> {
        let child = self.command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|cause| not_started(&self.name, &cause))?;
        let mut output = child.stdout.take().map(BufReader::new);
        let mut line = String::new();
        let read = output.as_mut().map_or(Ok(0), |output| output.read_line(&mut line));
        let running = Running { child, _output: output };
        match read {
            Ok(length) if length > 0 => Ok((running, line)),
            _ => Err(sentence(format!("`{}` ended before it said anything on stdout.", self.name))),
        }
    }

    /// Runs it to the end and answers all that it printed, whether it succeeded, and shows nothing.
    pub(crate) fn told(mut self) -> Result<(bool, String)> {
        let output = self.command.stdin(Stdio::null()).output().map_err(|cause| not_started(&self.name, &cause))?;
        let told = [output.stdout, output.stderr].concat();
        Ok((output.status.success(), String::from_utf8_lossy(&told).into_owned()))
    }

    /// What it prints on stdout when it succeeds, trimmed; nothing of a failure is shown.
    pub(crate) fn answer(mut self) -> Option<String> {
        let output = self.command.stdin(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Whether it succeeds within the time; says nothing of its output.
    pub(crate) fn succeeds_within(mut self, limit: Duration) -> bool {
        let quiet = self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(mut child) = quiet.spawn() else { return false };
        let deadline = Instant::now() + limit;
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return status.success(),
                Ok(None) if Instant::now() < deadline => sleep(Duration::from_millis(50)),
                _ => {
                    // It may have ended in between; both ways it is over.
                    let _ = child.kill();
                    let _ = child.wait();
                    return false;
                }
            }
        }
    }

    /// Becomes the program, so that signals and the exit code are its own.
    #[cfg(unix)]
    pub(crate) fn become_it(mut self) -> Result<()> {
        use std::os::unix::process::CommandExt;
        let cause = self.command.exec();
        Err(not_started(&self.name, &cause))
    }

    /// Runs the program in the foreground.
    #[cfg(not(unix))]
    pub(crate) fn become_it(self) -> Result<()> {
        self.run()
    }
}

/// A program in the background; it ends when this is dropped.
pub(crate) struct Running {
    child: Child,
    /// Kept open: a program that writes to a closed pipe would end by that.
    _output: Option<BufReader<ChildStdout>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; both ways it is over.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The cargo of the toolchain that xtask itself was built with.
pub(crate) fn cargo() -> Process {
    Process::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
        .current_dir(crate::workspace::root())
}

/// Where a program stands on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

fn with_first_on_path(dirs: &[PathBuf]) -> std::result::Result<OsString, std::env::JoinPathsError> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(dirs.iter().cloned().chain(std::env::split_paths(&path)))
}

fn not_started(name: &str, cause: &std::io::Error) -> Failure {
    sentence(format!("`{name}` could not be started: {cause}."))
}
