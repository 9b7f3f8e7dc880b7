-- Version 9: the districts and villages of the region, as its secretariat lists them.

CREATE TABLE place (
    level  TEXT NOT NULL,                     -- LevelId: kecamatan, desa
    name   TEXT NOT NULL,                     -- without the word for its level
    within TEXT NOT NULL,                     -- the district of a village; '' where not said
    PRIMARY KEY (level, name, within)
) STRICT, WITHOUT ROWID;
