import { expect, test } from 'vitest'
import { queryPlans } from '../../fixtures/queryPlans.ts'
import { alertStore } from '../alerts.ts'
import { clusterStore } from '../clusters.ts'
import { countStore } from '../counts.ts'
import { eventCountStore } from '../eventCounts.ts'
import { eventStore } from '../events.ts'
import { hitStore } from '../hits.ts'
import { mentionStore } from '../mentions.ts'
import { openDatabase } from '../open.ts'
import { sourceStore } from '../sources.ts'
import { storyStore } from '../stories.ts'
import { tagStore } from '../tags.ts'

/** Tables that grow with the archive: a query of a page must not read through one of them. */
const GROWING =
  /SCAN (story|tag|story_version|story_html|story_state|copy_band|hit|hit_day|daily|fetch_record|story_event|event_day|mention|cluster_journal)\b(?! USING (COVERING )?INDEX)/

test('no query behind the dashboard, a list or ingest reads through a table that grows', () => {
  const db = openDatabase(':memory:')
  const plans = queryPlans(db, (db) => {
    countStore(db, 'UTC')
    storyStore(db)
    tagStore(db)
    sourceStore(db)
    alertStore(db)
    hitStore(db)
    eventCountStore(db, 'UTC')
    eventStore(db)
    clusterStore(db)
    mentionStore(db)
  })
  expect(plans.length).toBeGreaterThan(60)
  const slow = plans.flatMap(({ sql, plan }) =>
    plan.filter((line) => GROWING.test(line)).map((line) => `${line}: ${sql}`),
  )
  expect(slow).toEqual([])
  db.close()
})
