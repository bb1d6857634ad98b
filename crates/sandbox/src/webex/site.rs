//! The two Webex sites of the organisation. Must not know who is on which.

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Site {
    /// Everybody's default.
    Main,
    /// A second one for some, with longer PINs.
    Eu,
}

impl Site {
    pub(crate) fn from_url(url: &str) -> Option<Self> {
        [Self::Main, Self::Eu].into_iter().find(|site| site.url().eq_ignore_ascii_case(url))
    }

    pub(crate) fn url(self) -> &'static str {
        match self {
            Self::Main => "demo.webex.example",
            Self::Eu => "demo-eu.webex.example",
        }
    }

    /// How many digits a host PIN has here.
    pub(crate) fn pin_length(self) -> usize {
        match self {
            Self::Main => 4,
            Self::Eu => 6,
        }
    }
}
