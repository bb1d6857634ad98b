//! The rules of single operations that a request can break, with the vendor's status and code and words of our own.
//! Must not decide when a rule is broken, nor name a code that the vendor's document does not have for an operation.

use axum::http::StatusCode;

/// Which rule was broken.
#[derive(Debug, thiserror::Error)]
pub(super) enum Rule {
    #[error("Only available for paid accounts.")]
    NotPaid,
    #[error("{0}")]
    NotAllowed(&'static str),
    #[error("{0}")]
    NotAccepted(&'static str),
    #[error("{0}")]
    File(&'static str),
    #[error("This person works in a call queue and cannot be changed.")]
    CallQueueManager,
    #[error("An administrator's e-mail address cannot be changed here.")]
    OtherAdmin,
    #[error("There is nobody in whose name this client speaks.")]
    NobodySpeaks,
    #[error("The e-mail address {0:?} has already been used.")]
    EmailInUse(String),
    #[error("{0} already has an active account.")]
    HoldsAccount(String),
    #[error("No Zoom Phone licence is left.")]
    NoPhoneLicence,
    #[error("This e-mail domain is blocked.")]
    BlockedDomain,
    #[error("A person of a managed domain cannot be let go.")]
    ManagedDomain,
    #[error("People cannot be given this user type.")]
    WrongKind,
    #[error("Large meetings are for licensed people.")]
    LargeMeetingUnlicensed,
    #[error("This needs a licensed person.")]
    NotLicensed,
    #[error("{0} is in none of the domains that this account is limited to.")]
    OutsideDomains(String),
    #[error("Not possible for an administrator.")]
    Admin,
    #[error("The invitation of this person has ended.")]
    InvitationEnded,
    #[error("Webinars are for licensed people.")]
    WebinarUnlicensed,
    #[error("Only people who sign in with a work e-mail address have a password here.")]
    NotWorkEmail,
    #[error("The password needs at least {0} characters.")]
    PasswordShort(usize),
    #[error("The password needs a letter.")]
    PasswordLetter,
    #[error("The password needs a digit.")]
    PasswordNumber,
    #[error("The password needs a special character.")]
    PasswordSpecial,
    #[error("The password needs upper and lower case letters.")]
    PasswordCases,
    #[error("None of the last {0} passwords can be used again.")]
    PasswordUsed(usize),
    #[error("The password is one character over and over.")]
    PasswordRepeated,
    #[error("The password is a run of neighbouring characters.")]
    PasswordRun,
    #[error("The password is too easy to guess.")]
    PasswordGuessed,
    #[error("This person has Zoom Events; the webinar feature cannot be added.")]
    WebinarBesideEvents,
    #[error("This person has the webinar feature; Zoom Events cannot be added.")]
    EventsBesideWebinar,
    #[error("Zoom Events is for licensed people.")]
    EventsUnlicensed,
    #[error("Concurrent meetings are for licensed people.")]
    ConcurrentUnlicensed,
    #[error("This account has no Concurrent Meeting Basic.")]
    NoConcurrentBasic,
    #[error("All {0} seats of Concurrent Meeting Basic are taken.")]
    ConcurrentBasicFull(usize),
    #[error("This account has no Concurrent Meeting Plus.")]
    NoConcurrentPlus,
    #[error("All {0} seats of Concurrent Meeting Plus are taken.")]
    ConcurrentPlusFull(usize),
    #[error("All sales and whiteboard licences are taken.")]
    SalesFull,
    #[error("There is no collaboration device {0}.")]
    NoSuchDevice(String),
    #[error("Whiteboard and Whiteboard Plus exclude each other.")]
    WhiteboardTwice,
    #[error("Single sign-on is off for this account.")]
    NoSingleSignOn,
    #[error("People cannot be pre-provisioned in this account.")]
    NoPreProvision,
    #[error("The account has as many basic people as it may.")]
    BasicFull,
    #[error("The account has as many people of this kind as it may.")]
    LicensedFull,
    #[error("No Workplace licence is left.")]
    WorkplaceFull,
    #[error("No basic licence is left to fall back on.")]
    NoWayBack,
    #[error("No seat of this kind is left.")]
    SeatsFull,
    #[error("This personal link name is taken.")]
    VanityTaken,
    #[error("The presence of this person cannot be known now.")]
    PresenceUnknown,
    #[error("This client may not see or set presence.")]
    PresenceForbidden,
    #[error("This e-mail domain is blocked for safety.")]
    UnsafeDomain,
    #[error("Division {0} was not found.")]
    NoSuchDivision(String),
    #[error("The division name {0:?} is already in use.")]
    DivisionNameInUse(String),
    #[error("The account has as many divisions as it may.")]
    DivisionsFull,
    #[error("The main division cannot be deleted.")]
    MainDivision,
    #[error("The division still has members.")]
    DivisionInUse,
    #[error("The access token is missing.")]
    DivisionTokenMissing,
    #[error("The token is invalid or has expired.")]
    DivisionTokenInvalid,
}

impl Rule {
    pub(super) fn code(&self) -> (StatusCode, u32) {
        let status = match self {
            Self::EmailInUse(_) | Self::DivisionNameInUse(_) => StatusCode::CONFLICT,
            Self::NoPhoneLicence | Self::NoSuchDevice(_) | Self::NoSuchDivision(_) => StatusCode::NOT_FOUND,
            Self::DivisionTokenMissing | Self::DivisionTokenInvalid => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        (status, self.number())
    }

    fn number(&self) -> u32 {
        match self {
            Self::File(_) => 120,
            Self::NotPaid | Self::NotAllowed(_) => 200,
            Self::NotAccepted(_) => 300,
            Self::CallQueueManager | Self::OtherAdmin => 1000,
            Self::NobodySpeaks => 1001,
            Self::EmailInUse(_) => 1005,
            Self::HoldsAccount(_) => 1009,
            Self::NoPhoneLicence => 1102,
            Self::BlockedDomain | Self::ManagedDomain => 1107,
            Self::WrongKind | Self::LargeMeetingUnlicensed => 1108,
            Self::NotLicensed => 1109,
            Self::OutsideDomains(_) => 1116,
            Self::Admin => 1117,
            Self::InvitationEnded => 1120,
            Self::WebinarUnlicensed => 1122,
            Self::NotWorkEmail => 1123,
            Self::PasswordShort(_) => 1124,
            Self::PasswordLetter => 1125,
            Self::PasswordNumber => 1126,
            Self::PasswordSpecial => 1127,
            Self::PasswordCases => 1128,
            Self::PasswordUsed(_) => 1129,
            Self::PasswordRepeated => 1130,
            Self::PasswordRun => 1131,
            Self::PasswordGuessed => 1136,
            Self::WebinarBesideEvents => 1204,
            Self::EventsBesideWebinar => 1205,
            Self::EventsUnlicensed => 1206,
            Self::ConcurrentUnlicensed => 1207,
            Self::NoConcurrentBasic => 1208,
            Self::ConcurrentBasicFull(_) => 1209,
            Self::NoConcurrentPlus => 1210,
            Self::ConcurrentPlusFull(_) => 1211,
            Self::SalesFull => 1228,
            Self::NoSuchDevice(_) => 1238,
            Self::WhiteboardTwice => 1242,
            Self::NoSingleSignOn => 2002,
            Self::NoPreProvision => 2032,
            Self::BasicFull => 2033,
            Self::LicensedFull => 2034,
            Self::WorkplaceFull => 2038,
            Self::NoWayBack => 2039,
            Self::SeatsFull => 3412,
            Self::VanityTaken => 4100,
            // The document has this status without a code.
            Self::DivisionNameInUse(_) => 4132,
            Self::PresenceUnknown => 5301,
            Self::PresenceForbidden => 5411,
            Self::UnsafeDomain => 11_321,
            Self::NoSuchDivision(_) => 40_406,
            Self::DivisionsFull => 42_006,
            Self::MainDivision => 42_011,
            Self::DivisionInUse => 42_012,
            Self::DivisionTokenMissing => 30_031_002,
            Self::DivisionTokenInvalid => 30_031_004,
        }
    }
}
