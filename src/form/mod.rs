//! Settings forms: the model that knows what changed, and the views that show it. Knows no route and no vendor.

pub(crate) mod change;
pub(crate) mod fields;
pub(crate) mod model;
pub(crate) mod section;

#[cfg(test)]
mod asked_test;
#[cfg(test)]
mod model_test;
