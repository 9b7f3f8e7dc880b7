-- Version 15: the certificates that the user trusts. None comes with the program.
CREATE TABLE anchor (
    sha256 BLOB PRIMARY KEY,                  -- of the certificate
    der    BLOB NOT NULL,                     -- the certificate
    added  TEXT NOT NULL,                     -- RFC 3339, UTC
    author TEXT NOT NULL                      -- who added it; may be empty
) STRICT, WITHOUT ROWID;
