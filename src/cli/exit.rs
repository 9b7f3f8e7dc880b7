//! How a verb ended, and the exit code that follows.

/// How a verb ended, other than by an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// Nothing is wrong.
    Well,
    /// Done, and something is wrong with what was looked at.
    Wrong,
    /// Done in part: some files could not be read.
    InPart,
}

impl Done {
    pub(super) fn exit_code(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Wrong => 1,
            Self::InPart => 3,
        }
    }
}
