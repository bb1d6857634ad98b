//! Documented error codes that no state of the sandbox provokes, each with its reason.
//! Must not hold a code that can be provoked: those are in `provoked.rs`.

/// Operation, code and reason.
pub(crate) const UNPROVOKED: [(&str, u64, &str); 13] = [
    ("GET /groups", 4130, "the operation names no group that could be unknown"),
    ("GET /users", 2300, "an operation that is there is recognized"),
    ("GET /users/summary", 2300, "an operation that is there is recognized"),
    ("GET /users/{userId}/token", 2300, "an operation that is there is recognized"),
    ("GET /users/email", 1001, "an address that nobody has is answered with false"),
    ("POST /users", 1000, "who is not there yet works in no call queue"),
    ("POST /users", 2016, "every token of the sandbox may do everything"),
    ("POST /users", 2035, "accounts of government partners are not emulated"),
    ("POST /users", 2036, "owners of government partners' accounts are not emulated"),
    ("POST /users", 2037, "the vendor's own list of forbidden people is not emulated"),
    ("POST /users", 4130, "the body has no field for a group"),
    (
        "PATCH /users/{userId}/settings",
        1233,
        "Zoom Rooms are no people here, and the document has no user type for them",
    ),
    ("PATCH /users/{userId}/settings", 1234, "the document has no user type for people on premises"),
];
