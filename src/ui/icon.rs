//! Icons from the sprite in `index.html`. Decoration only: what an icon means is said beside it or in a label.

use leptos::prelude::*;

use super::view;

/// The icons of the sprite.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Icon {
    /// Goes back or closes.
    Close,
    /// A person, and the menu of what is theirs.
    Person,
    /// A form of settings.
    Form,
    /// A group of people.
    Group,
    /// A group of contacts.
    Contacts,
    /// A part of the organisation.
    Division,
    /// A personal room.
    Room,
    /// The product.
    Key,
    /// Locked.
    Lock,
    /// Not locked.
    Open,
    /// Opens the navigation.
    Menu,
    /// Opens what else can be done.
    More,
    /// Search.
    Find,
    /// Something is wrong.
    Warning,
    /// Done.
    Done,
    /// Points at this very place.
    Link,
    /// Undo.
    Undo,
    /// Many rows at once.
    Bulk,
    /// How it stands with a vendor.
    Connection,
    /// Who did what.
    Record,
}

impl Icon {
    /// The icon that data calls so.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "person" => Self::Person,
            "group" => Self::Group,
            "contacts" => Self::Contacts,
            "division" => Self::Division,
            "room" => Self::Room,
            _ => Self::Form,
        }
    }

    const fn href(self) -> &'static str {
        match self {
            Self::Close => "#i-close",
            Self::Person => "#i-person",
            Self::Form => "#i-form",
            Self::Group => "#i-group",
            Self::Contacts => "#i-contacts",
            Self::Division => "#i-division",
            Self::Room => "#i-room",
            Self::Key => "#i-key",
            Self::Lock => "#i-lock",
            Self::Open => "#i-open",
            Self::Menu => "#i-menu",
            Self::More => "#i-more",
            Self::Find => "#i-find",
            Self::Warning => "#i-warning",
            Self::Done => "#i-done",
            Self::Link => "#i-link",
            Self::Undo => "#i-undo",
            Self::Bulk => "#i-bulk",
            Self::Connection => "#i-connection",
            Self::Record => "#i-record",
        }
    }
}

/// Draws an icon in the colour of the text around it.
pub(crate) fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="i" aria-hidden="true">
            <use_ href=icon.href()></use_>
        </svg>
    }
    .into_any()
}
