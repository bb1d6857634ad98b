//! The console's side of the conversation with the server: one session cookie that has to survive every kill.

use std::fmt;
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use roomkey_schema::job::{Job, JobRow, JobRows, JobState, NewJob, Table};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::server::ACCOUNT;
use crate::{Outcome, server::Server};

const PATIENCE: Duration = Duration::from_secs(20);
const BOUNDARY: &str = "chaos-boundary";

pub(crate) struct Console {
    client: Client,
    cookie: String,
    /// How often it had to sign in.
    pub(crate) sign_ins: u32,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The server is not there.
    Gone(reqwest::Error),
    /// The server says no.
    Said(StatusCode, String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone(error) => write!(formatter, "the server did not answer: {error}"),
            Self::Said(status, text) => write!(formatter, "the server answered {status}: {text}"),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<reqwest::Error> for Trouble {
    fn from(error: reqwest::Error) -> Self {
        Self::Gone(error)
    }
}

impl Console {
    pub(crate) fn new() -> Outcome<Self> {
        let client = roomkey_proxy::vendors::client::build(PATIENCE)?;
        Ok(Self { client, cookie: String::new(), sign_ins: 0 })
    }

    /// Everybody who has a room.
    pub(crate) async fn people(&mut self, server: &Server) -> Result<Vec<String>, Trouble> {
        let mut people = Vec::new();
        let mut path = "/api/webex/people?max=1000".to_owned();
        loop {
            let page: Value = self.ask(server, Method::GET, &path, |ask| ask).await?;
            let items = page["items"].as_array().cloned().unwrap_or_default();
            people.extend(items.iter().filter_map(|item| item["emails"][0].as_str()).map(str::to_owned));
            let Some(token) = page["next_page_token"].as_str().filter(|token| !token.is_empty()) else {
                return Ok(people);
            };
            path = format!("/api/webex/people?max=1000&next_page_token={token}");
        }
    }

    pub(crate) async fn send_table(&mut self, server: &Server, text: &str) -> Result<Table, Trouble> {
        let body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{text}\r\n--{BOUNDARY}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let ask = |ask: RequestBuilder| ask.header("content-type", &kind).body(body.clone());
        self.ask(server, Method::POST, "/api/jobs/tables", ask).await
    }

    pub(crate) async fn make_job(&mut self, server: &Server, job: &NewJob) -> Result<Job, Trouble> {
        self.ask(server, Method::POST, "/api/jobs", |ask| ask.json(job)).await
    }

    pub(crate) async fn job(&mut self, server: &Server, id: &str) -> Result<Job, Trouble> {
        self.ask(server, Method::GET, &format!("/api/jobs/{id}"), |ask| ask).await
    }

    /// `start`, `repeat` or `cancel`.
    pub(crate) async fn act(&mut self, server: &Server, id: &str, deed: &str) -> Result<Job, Trouble> {
        self.ask(server, Method::POST, &format!("/api/jobs/{id}/{deed}"), |ask| ask.json(&json!({}))).await
    }

    pub(crate) async fn rows(&mut self, server: &Server, id: &str) -> Result<Vec<JobRow>, Trouble> {
        let (mut rows, mut after) = (Vec::new(), 0);
        loop {
            let path = format!("/api/jobs/{id}/rows?size=1000&after={after}");
            let page: JobRows = self.ask(server, Method::GET, &path, |ask| ask).await?;
            rows.extend(page.rows);
            match page.next {
                Some(next) => after = next,
                None => return Ok(rows),
            }
        }
    }

    /// Takes the new values away: person and PIN.
    pub(crate) async fn hand_over(&mut self, server: &Server, id: &str) -> Result<Vec<(String, String)>, Trouble> {
        let body = json!({"reason": "To compare them with the vendor", "format": "csv"});
        let path = format!("/api/jobs/{id}/handover");
        // Values are handed over only to somebody who gave the password lately.
        self.sign_in(server).await?;
        let answer = self.answer(server, Method::POST, &path, |ask| ask.json(&body)).await?;
        let text = answer.text().await?;
        let cells = |line: &str| line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>();
        let pair = |line: &str| match cells(line).as_slice() {
            [_, person, pin] => Some((person.clone(), pin.clone())),
            _ => None,
        };
        Ok(text.trim_start_matches('\u{feff}').lines().skip(1).filter_map(pair).collect())
    }

    /// Waits until the job is in another state than that.
    pub(crate) async fn leave(&mut self, server: &Server, id: &str, state: JobState) -> Outcome<Job> {
        loop {
            let job = self.job(server, id).await?;
            if job.state != state {
                return Ok(job);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn ask<T: DeserializeOwned>(
        &mut self,
        server: &Server,
        method: Method,
        path: &str,
        with: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<T, Trouble> {
        Ok(self.answer(server, method, path, with).await?.json().await?)
    }

    /// Asks; signs in when the session does not hold.
    async fn answer(
        &mut self,
        server: &Server,
        method: Method,
        path: &str,
        with: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, Trouble> {
        loop {
            let ask = self.request(server, method.clone(), path).header("cookie", &self.cookie);
            let answer = with(ask).send().await?;
            match answer.status() {
                StatusCode::UNAUTHORIZED => {
                    self.sign_ins += 1;
                    self.sign_in(server).await?;
                }
                status if status.is_success() => return Ok(answer),
                status => return Err(Trouble::Said(status, answer.text().await?)),
            }
        }
    }

    async fn sign_in(&mut self, server: &Server) -> Result<(), Trouble> {
        let who = json!({"username": ACCOUNT.0, "password": ACCOUNT.1});
        let answer = self.request(server, Method::POST, "/auth/login").json(&who).send().await?;
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let Some(cookie) = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned) else {
            return Err(Trouble::Said(answer.status(), answer.text().await?));
        };
        self.cookie = cookie;
        Ok(())
    }

    fn request(&self, server: &Server, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", server.origin));
        request.header("origin", &server.origin).header("x-requested-with", "roomkey")
    }
}
