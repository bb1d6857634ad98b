//! What a host PIN may be, as the reference of the room's preferences has it. Must not know where it is written.

/// What is wrong with a PIN.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum PinFault {
    #[error("The host PIN is digits only.")]
    NotDigits,
    #[error("The host PIN has {0} digits on this site.")]
    Length(usize),
    #[error("The host PIN must not run up or down.")]
    Run,
    #[error("The host PIN must not be one digit repeated.")]
    Repeated,
}

/// Judges a PIN as a whole: a run inside a longer PIN is let through.
pub(crate) fn judge(pin: &str, length: usize) -> Result<(), PinFault> {
    if pin.is_empty() || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PinFault::NotDigits);
    }
    if pin.len() != length {
        return Err(PinFault::Length(length));
    }
    let step = |wanted: i16| pin.as_bytes().windows(2).all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == wanted);
    if step(0) {
        return Err(PinFault::Repeated);
    }
    if step(1) || step(-1) {
        return Err(PinFault::Run);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{PinFault, judge};

    #[track_caller]
    fn check(pin: &str, length: usize, expect: Result<(), PinFault>) {
        assert_eq!(judge(pin, length), expect, "{pin}");
    }

    #[test]
    fn pins_of_the_site_s_length_without_pattern_pass_and_others_name_their_fault() {
        check("3421", 4, Ok(()));
        check("0070", 4, Ok(()));
        check("9012", 4, Ok(()));
        check("123458", 6, Ok(()));
        check("", 4, Err(PinFault::NotDigits));
        check("34a1", 4, Err(PinFault::NotDigits));
        check("٣٤٢١", 4, Err(PinFault::NotDigits));
        check("342", 4, Err(PinFault::Length(4)));
        check("3421", 6, Err(PinFault::Length(6)));
        check("1111", 4, Err(PinFault::Repeated));
        check("000000", 6, Err(PinFault::Repeated));
        check("1234", 4, Err(PinFault::Run));
        check("987654", 6, Err(PinFault::Run));
    }
}
