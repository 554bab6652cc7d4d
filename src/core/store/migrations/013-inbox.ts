/**
 * The inbox counts the hits of each alert by where they stand, and by the local day on which their stories were published, without
 * reading through them; and it lists those of all alerts in one order, by where they stand.
 */
export const sql = `
-- Days since 1970-01-01, by the archive's time zone (store/recount.ts).
ALTER TABLE hit ADD COLUMN day INTEGER NOT NULL DEFAULT 0;

-- Lists of all alerts ask for hits by their state; it takes the place of the index by moment alone.
DROP INDEX hit_at;
CREATE INDEX hit_state ON hit(state, at, story_id, alert_id);

CREATE TABLE hit_total (
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  state INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  PRIMARY KEY (alert_id, state, starred)
) STRICT, WITHOUT ROWID;
INSERT INTO hit_total SELECT alert_id, state, starred, count(*) FROM hit GROUP BY 1, 2, 3;

CREATE TABLE hit_day (
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  day INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  PRIMARY KEY (alert_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX hit_day_day ON hit_day(day);

CREATE TRIGGER hit_added AFTER INSERT ON hit BEGIN
  INSERT INTO hit_total VALUES (NEW.alert_id, NEW.state, NEW.starred, 1) ON CONFLICT DO UPDATE SET hits = hits + 1;
  INSERT INTO hit_day VALUES (NEW.alert_id, NEW.day, 1) ON CONFLICT DO UPDATE SET hits = hits + 1;
END;
CREATE TRIGGER hit_changed AFTER UPDATE OF state, starred ON hit
WHEN OLD.state <> NEW.state OR OLD.starred <> NEW.starred BEGIN
  UPDATE hit_total SET hits = hits - 1 WHERE alert_id = OLD.alert_id AND state = OLD.state AND starred = OLD.starred;
  INSERT INTO hit_total VALUES (NEW.alert_id, NEW.state, NEW.starred, 1) ON CONFLICT DO UPDATE SET hits = hits + 1;
END;
CREATE TRIGGER hit_removed AFTER DELETE ON hit BEGIN
  UPDATE hit_total SET hits = hits - 1 WHERE alert_id = OLD.alert_id AND state = OLD.state AND starred = OLD.starred;
  UPDATE hit_day SET hits = hits - 1 WHERE alert_id = OLD.alert_id AND day = OLD.day;
END;
`
