//! The steps of every call to a vendor, a file each: which operation it is, what is asked, what is written down, the call
//! itself, reading back. Requests (`routes::vendor`) and jobs (`jobs::row`) put them in order. Must not know any vendor,
//! nor what an operation means.

pub(crate) mod asked;
pub(crate) mod etag;
pub(crate) mod faults;
pub(crate) mod lane;
pub(crate) mod reach;
pub(crate) mod record;
pub(crate) mod reveal;
pub(crate) mod send;
pub(crate) mod settle;
pub(crate) mod target;

pub(crate) use self::asked::Asked;
pub(crate) use self::record::Record;
