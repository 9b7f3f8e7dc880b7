//! Identifiers, one newtype each, so that an indicator can never be passed for a question.
//! All are data read from `schema/`; none is spelled in code.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps a name as it stands in the data.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// Returns the name as it stands in the data.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

id_type!(
    /// Names a section (cluster) of the framework, such as `K3`.
    SectionCode
);
id_type!(
    /// Names an indicator, stable over editions; its printed number is not.
    IndicatorId
);
id_type!(
    /// Names a lettered part of an indicator, such as `21A`.
    PartCode
);
id_type!(
    /// Names a scored question, the unit that evidence proves.
    QuestionId
);
id_type!(
    /// Names a kind of document, such as `perda`.
    DocTypeId
);
id_type!(
    /// Names an office (OPD) that owns evidence, such as `dinkes`.
    OfficeId
);
id_type!(
    /// Names a period rule, such as the evaluation window.
    PeriodId
);
id_type!(
    /// Names a level of government that answers a question, such as `desa`.
    LevelId
);
id_type!(
    /// Names a document that some questions do not accept.
    ExclusionId
);
id_type!(
    /// Names a category awarded by score.
    CategoryId
);
id_type!(
    /// Names a score that matters by itself.
    ThresholdId
);
id_type!(
    /// Names the source a fact of the framework was read from.
    SourceKey
);
id_type!(
    /// Names the rule that read a fact or judged a document.
    RuleId
);
id_type!(
    /// The official code of a government: `71` a province, `71.01` a regency or city.
    RegionCode
);
