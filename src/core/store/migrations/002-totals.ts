/** Stories per theme × source over all days: lists of sources and themes must not add up years of days. */
export const sql = `
CREATE TABLE total (
  theme_id INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  PRIMARY KEY (theme_id, source_id)
) STRICT, WITHOUT ROWID;
INSERT INTO total SELECT theme_id, source_id, sum(stories) FROM daily GROUP BY theme_id, source_id;

-- Whoever writes the daily counts writes these: they cannot come apart.
CREATE TRIGGER daily_added AFTER INSERT ON daily BEGIN
  INSERT INTO total (theme_id, source_id, stories) VALUES (new.theme_id, new.source_id, new.stories)
  ON CONFLICT (theme_id, source_id) DO UPDATE SET stories = stories + excluded.stories;
END;
CREATE TRIGGER daily_changed AFTER UPDATE ON daily BEGIN
  UPDATE total SET stories = stories + new.stories - old.stories
  WHERE theme_id = new.theme_id AND source_id = new.source_id;
END;
CREATE TRIGGER daily_gone AFTER DELETE ON daily BEGIN
  UPDATE total SET stories = stories - old.stories WHERE theme_id = old.theme_id AND source_id = old.source_id;
END;
`
