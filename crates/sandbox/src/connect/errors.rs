//! The statuses of Adobe Connect other than `ok`: a code, mostly with a subcode, inside an answer that HTTP calls a
//! success. Must not decide when they are due.

use super::xml::Element;

pub(super) const DENIED: &str = "denied";
pub(super) const NO_LOGIN: &str = "no-login";
const INTERNAL_ERROR: &str = "internal-error";

/// What `no-access` can be refined by.
const NO_ACCESS: [&str; 10] = [
    "account-expired",
    DENIED,
    NO_LOGIN,
    "no-quota",
    "not-available",
    "not-secure",
    "pending-activation",
    "pending-license",
    "sco-expired",
    "sco-not-started",
];

/// What is wrong with a parameter.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subcode {
    Missing,
    Format,
    IllegalOperation,
    NoSuchItem,
    Range,
    Duplicate,
}

impl Subcode {
    fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Format => "format",
            Self::IllegalOperation => "illegal-operation",
            Self::NoSuchItem => "no-such-item",
            Self::Range => "range",
            Self::Duplicate => "duplicate",
        }
    }
}

/// Why a request fails.
#[derive(Debug)]
pub(super) enum ConnectError {
    Invalid {
        field: String,
        /// The type of the parameter, in the vendor's words.
        kind: &'static str,
        subcode: Subcode,
    },
    NoAccess(&'static str),
    NoData,
    TooMuchData,
    InternalError,
}

impl ConnectError {
    pub(super) fn invalid(field: impl Into<String>, kind: &'static str, subcode: Subcode) -> Self {
        Self::Invalid { field: field.into(), kind, subcode }
    }

    /// Also for what is not there: Connect does not tell the two apart.
    pub(super) fn denied() -> Self {
        Self::NoAccess(DENIED)
    }

    pub(super) fn status(&self) -> Element<'_> {
        let status = |code: &'static str| Element::new("status").attribute("code", code);
        match self {
            Self::Invalid { field, kind, subcode } => {
                let invalid = Element::new("invalid").attribute("field", field).attribute("type", *kind);
                status("invalid").holding(invalid.attribute("subcode", subcode.name()))
            }
            Self::NoAccess(subcode) => status("no-access").attribute("subcode", *subcode),
            Self::NoData => status("no-data"),
            Self::TooMuchData => status("too-much-data"),
            Self::InternalError => status(INTERNAL_ERROR),
        }
    }
}

/// What the whole account can be told to answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refusal(Option<&'static str>);

impl Refusal {
    /// `internal-error`, or a subcode of `no-access`.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        if name == INTERNAL_ERROR {
            return Some(Self(None));
        }
        NO_ACCESS.into_iter().find(|known| *known == name).map(|subcode| Self(Some(subcode)))
    }
}

impl From<Refusal> for ConnectError {
    fn from(refusal: Refusal) -> Self {
        refusal.0.map_or(Self::InternalError, Self::NoAccess)
    }
}
