/** Which entities (persons, organisations and places of the concepts) each story names, so that who and what is counted exactly. */
export const sql = `
-- The story's entities, a character each: ${0x100} + the entity's number. A story that names none has no line.
CREATE TABLE mention (docid INTEGER PRIMARY KEY, entities TEXT NOT NULL) STRICT;
CREATE TRIGGER mention_gone AFTER DELETE ON story BEGIN DELETE FROM mention WHERE docid = old.docid; END;

-- Numbers are never given twice: a mention of an entity that is gone means nothing.
CREATE TABLE entity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  -- A hash of the forms that its mentions were found by; '' where it is none of the concepts.
  definition TEXT NOT NULL DEFAULT '',
  -- Not all stories have been looked through for it.
  stale INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Without the setting 'conceptsChanged', the forms of all concepts are compared with those (intake/mentioning.ts).
CREATE TRIGGER concept_added AFTER INSERT ON concept
  BEGIN DELETE FROM setting WHERE key = 'conceptsChanged'; END;
CREATE TRIGGER concept_changed AFTER UPDATE ON concept
  BEGIN DELETE FROM setting WHERE key = 'conceptsChanged'; END;
CREATE TRIGGER concept_gone AFTER DELETE ON concept
  BEGIN DELETE FROM setting WHERE key = 'conceptsChanged'; END;
`
