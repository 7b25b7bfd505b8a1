-- A nocere bundle as an SQLite database. docs/sqlite.md explains it.
--
-- application_id is the bytes 'noce', user_version the version of the bundle format. Times are in seconds. A column
-- that is null was not stated. Where a table has a column `json`, it holds the whole object of the canonical JSON, for
-- what has no column here. Positions count from 0. Tables of long texts have row ids: without them SQLite would put each
-- row on a page of its own.

-- One row: what this file is.
CREATE TABLE bundle (
    catalog                TEXT NOT NULL PRIMARY KEY,
    name                   TEXT NOT NULL,
    version                TEXT NOT NULL,
    language               TEXT NOT NULL,
    review                 TEXT NOT NULL CHECK (review IN ('draft', 'reviewed')),
    notice                 TEXT NOT NULL, -- to be shown while the review is 'draft'
    seconds_per_repetition INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE condition (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    ask  TEXT NOT NULL, -- the screening question that a yes answers
    json TEXT NOT NULL
) STRICT;

-- ICD-10-CM codes; a trailing '-' stands for every code below.
CREATE TABLE condition_code (
    condition TEXT NOT NULL REFERENCES condition,
    code      TEXT NOT NULL,
    PRIMARY KEY (condition, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX condition_by_code ON condition_code (code);

CREATE TABLE demand (
    id         TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    category   TEXT NOT NULL,
    broader    TEXT REFERENCES demand DEFERRABLE INITIALLY DEFERRED,
    definition TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE target (
    id         TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    part_of    TEXT REFERENCES target DEFERRABLE INITIALLY DEFERRED,
    definition TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE equipment (
    id         TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    substitute TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id      TEXT NOT NULL PRIMARY KEY,
    title   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    grade   TEXT CHECK (grade IN ('A', 'B', 'C')),
    by      TEXT,
    year    INTEGER,
    locator TEXT,
    json    TEXT NOT NULL
) STRICT;

-- Doses: of exercises, and of their places in routines. Each is stored once.
CREATE TABLE dose (
    id            INTEGER PRIMARY KEY,
    hold_min      INTEGER, hold_max  INTEGER, hold_text  TEXT,
    time_min      INTEGER, time_max  INTEGER, time_text  TEXT,
    reps_min      INTEGER, reps_max  INTEGER, reps_text  TEXT,
    sets_min      INTEGER, sets_max  INTEGER, sets_text  TEXT,
    rest_min      INTEGER, rest_max  INTEGER, rest_text  TEXT,
    sides         TEXT CHECK (sides IN ('each', 'alternating', 'one')),
    sessions_min  INTEGER, sessions_max INTEGER,
    sessions_per  TEXT CHECK (sessions_per IN ('day', 'week')), sessions_text TEXT
) STRICT;

CREATE TABLE exercise (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    technique   TEXT NOT NULL,
    difficulty  TEXT,
    laterality  TEXT NOT NULL,
    summary     TEXT,
    description TEXT, -- may be Markdown
    dose        INTEGER REFERENCES dose,
    seconds_min INTEGER,
    seconds_max INTEGER,
    review      TEXT NOT NULL CHECK (review IN ('draft', 'reviewed')),
    json        TEXT NOT NULL
) STRICT;

-- The lists of texts of an exercise: other names, what to do, what to feel, and what means stop.
CREATE TABLE exercise_text (
    exercise TEXT NOT NULL REFERENCES exercise,
    kind     TEXT NOT NULL CHECK (kind IN ('also-known-as', 'step', 'expect', 'stop')),
    position INTEGER NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (exercise, kind, position)
) STRICT;

CREATE TABLE exercise_target (
    exercise TEXT NOT NULL REFERENCES exercise,
    target   TEXT NOT NULL REFERENCES target,
    PRIMARY KEY (exercise, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX exercise_by_target ON exercise_target (target);

CREATE TABLE exercise_demand (
    exercise TEXT NOT NULL REFERENCES exercise,
    demand   TEXT NOT NULL REFERENCES demand,
    PRIMARY KEY (exercise, demand)
) STRICT, WITHOUT ROWID;
CREATE INDEX exercise_by_demand ON exercise_demand (demand);

CREATE TABLE exercise_equipment (
    exercise  TEXT NOT NULL REFERENCES exercise,
    equipment TEXT NOT NULL REFERENCES equipment,
    PRIMARY KEY (exercise, equipment)
) STRICT, WITHOUT ROWID;
CREATE INDEX exercise_by_equipment ON exercise_equipment (equipment);

-- Other exercises, best or next first. Each has contraindications of its own.
CREATE TABLE exercise_relation (
    exercise TEXT NOT NULL REFERENCES exercise,
    relation TEXT NOT NULL CHECK (relation IN ('alternative', 'progression', 'regression')),
    position INTEGER NOT NULL,
    other    TEXT NOT NULL REFERENCES exercise DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (exercise, relation, position)
) STRICT, WITHOUT ROWID;

-- Who must not do an exercise ('avoid'), or only with care ('caution').
CREATE TABLE contraindication (
    exercise  TEXT NOT NULL REFERENCES exercise,
    condition TEXT NOT NULL REFERENCES condition,
    level     TEXT NOT NULL CHECK (level IN ('avoid', 'caution')),
    grade     TEXT CHECK (grade IN ('A', 'B', 'C')),
    say       TEXT NOT NULL, -- what the person with the condition reads
    json      TEXT NOT NULL, -- with every reason, grade and source
    PRIMARY KEY (exercise, condition)
) STRICT;
CREATE INDEX contraindication_by_condition ON contraindication (condition, level);

CREATE TABLE screening (
    id    TEXT NOT NULL PRIMARY KEY,
    name  TEXT NOT NULL,
    intro TEXT NOT NULL,
    json  TEXT NOT NULL
) STRICT;

-- A yes to one of these ends everything: show `say`, and no exercise.
CREATE TABLE red_flag (
    screening TEXT NOT NULL REFERENCES screening,
    position  INTEGER NOT NULL,
    id        TEXT NOT NULL,
    name      TEXT NOT NULL,
    ask       TEXT NOT NULL,
    urgency   TEXT NOT NULL CHECK (urgency IN ('emergency', 'urgent', 'before-starting')),
    say       TEXT NOT NULL,
    PRIMARY KEY (screening, position)
) STRICT;

-- The conditions that a screening asks for, in order.
CREATE TABLE screening_condition (
    screening TEXT NOT NULL REFERENCES screening,
    position  INTEGER NOT NULL,
    condition TEXT NOT NULL REFERENCES condition,
    PRIMARY KEY (screening, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE routine (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    summary     TEXT,
    description TEXT, -- may be Markdown
    screening   TEXT REFERENCES screening,
    seconds_min INTEGER,
    seconds_max INTEGER,
    no_routine  TEXT NOT NULL, -- what a person reads who is shown no routine
    review      TEXT NOT NULL CHECK (review IN ('draft', 'reviewed')),
    json        TEXT NOT NULL
) STRICT;

CREATE TABLE routine_stop (
    routine  TEXT NOT NULL REFERENCES routine,
    position INTEGER NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (routine, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE block (
    routine  TEXT NOT NULL REFERENCES routine,
    position INTEGER NOT NULL,
    title    TEXT NOT NULL,
    note     TEXT,
    PRIMARY KEY (routine, position)
) STRICT, WITHOUT ROWID;

-- Every exercise that somebody is shown in a routine, with the dose and the note that hold there.
CREATE TABLE step (
    routine     TEXT NOT NULL REFERENCES routine,
    id          INTEGER NOT NULL,
    block       INTEGER NOT NULL,
    position    INTEGER NOT NULL, -- in the block of the routine as it is written
    exercise    TEXT NOT NULL REFERENCES exercise,
    replaces    TEXT REFERENCES exercise, -- what it steps in for
    dose        INTEGER REFERENCES dose,
    note        TEXT,
    optional    INTEGER NOT NULL CHECK (optional IN (0, 1)),
    seconds_min INTEGER,
    seconds_max INTEGER,
    PRIMARY KEY (routine, id),
    FOREIGN KEY (routine, block) REFERENCES block
) STRICT, WITHOUT ROWID;

-- People who are shown the same; 0 are those without any of the conditions. Without steps there is no routine for them.
CREATE TABLE audience (
    routine          TEXT NOT NULL REFERENCES routine,
    id               INTEGER NOT NULL,
    seconds_min      INTEGER,
    seconds_max      INTEGER,
    duration_differs INTEGER NOT NULL CHECK (duration_differs IN (0, 1)),
    PRIMARY KEY (routine, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audience_step (
    routine  TEXT NOT NULL,
    audience INTEGER NOT NULL,
    position INTEGER NOT NULL,
    step     INTEGER NOT NULL,
    PRIMARY KEY (routine, audience, position),
    FOREIGN KEY (routine, audience) REFERENCES audience,
    FOREIGN KEY (routine, step) REFERENCES step
) STRICT, WITHOUT ROWID;

-- Conditions that were weighed for a routine. Those with the same number hold back the same; null holds back nothing.
CREATE TABLE routine_condition (
    routine   TEXT NOT NULL REFERENCES routine,
    condition TEXT NOT NULL REFERENCES condition,
    number    INTEGER,
    PRIMARY KEY (routine, condition)
) STRICT, WITHOUT ROWID;

CREATE TABLE audience_next (
    routine  TEXT NOT NULL,
    audience INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    next     INTEGER NOT NULL,
    PRIMARY KEY (routine, audience, number),
    FOREIGN KEY (routine, audience) REFERENCES audience,
    FOREIGN KEY (routine, next) REFERENCES audience DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- What to say beside an exercise of a routine to a person with a condition.
CREATE TABLE caution (
    routine   TEXT NOT NULL REFERENCES routine,
    exercise  TEXT NOT NULL REFERENCES exercise,
    condition TEXT NOT NULL REFERENCES condition,
    say       TEXT NOT NULL,
    PRIMARY KEY (routine, exercise, condition)
) STRICT;

-- Where one more condition leads: from an audience to the next. A condition that was never weighed leads nowhere.
CREATE VIEW transition AS
SELECT c.routine, a.id AS audience, c.condition,
       CASE WHEN c.number IS NULL THEN a.id ELSE n.next END AS next
FROM routine_condition AS c
JOIN audience AS a ON a.routine = c.routine
LEFT JOIN audience_next AS n ON n.routine = a.routine AND n.audience = a.id AND n.number = c.number;

-- What each audience of a routine is shown, with doses.
CREATE VIEW shown AS
SELECT s.routine, s.audience, s.position, t.block, b.title AS block_title, t.exercise, e.name, t.replaces, t.note,
       t.optional, t.seconds_min, t.seconds_max,
       d.hold_min, d.hold_max, d.hold_text, d.time_min, d.time_max, d.time_text, d.reps_min, d.reps_max, d.reps_text,
       d.sets_min, d.sets_max, d.sets_text, d.rest_min, d.rest_max, d.rest_text, d.sides,
       d.sessions_min, d.sessions_max, d.sessions_per, d.sessions_text
FROM audience_step AS s
JOIN step AS t ON t.routine = s.routine AND t.id = s.step
JOIN block AS b ON b.routine = t.routine AND b.position = t.block
JOIN exercise AS e ON e.id = t.exercise
LEFT JOIN dose AS d ON d.id = t.dose;

-- Full-text search over exercises and routines.
CREATE VIRTUAL TABLE search USING fts5 (
    kind UNINDEXED, id UNINDEXED, name, words,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
