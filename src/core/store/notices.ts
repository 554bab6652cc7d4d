import type { WritableDb } from './connection.ts'

/** What an alert has to tell. */
export interface NoticeDraft {
  readonly alertId: number
  /** What it is about: 'event:7', 'story:12', 'window:3'. There is at most one notice of an alert and a key, ever. */
  readonly key: string
  /** The one event that it is about; null for none or several. */
  readonly event: number | null
  readonly trigger: string
  /** 1 to 5, highest last. */
  readonly priority: number
  /** Epoch ms. */
  readonly at: number
  /** What it says beside its hits, as a sentence; '' for nothing. */
  readonly words: string
  /** The hits that it tells of, newest last. Only a silence has none; `about` is then the story before it. */
  readonly stories: readonly number[]
  readonly about?: number | undefined
}

/** A notice that waits in the outbox of a channel, with what a person reads. */
export interface WaitingNotice {
  readonly id: number
  readonly alertId: number
  readonly alertName: string
  readonly storyId: number
  readonly storyTitle: string
  readonly hits: number
  /** The person has seen the hit in the inbox meanwhile. */
  readonly seen: 0 | 1
  /** How many attempts there were so far. */
  readonly attempts: number
}

/** How an attempt to deliver a notice ended. */
export interface Attempt {
  /** Epoch ms. */
  readonly at: number
  readonly status: 'delivered' | 'failed' | 'given-up'
  /** Why, in a sentence; '' where there is nothing to say. */
  readonly message: string
  /** When to try again, epoch ms; null: no more. */
  readonly again: number | null
}

/** Notices, the outbox of each channel, and the log of deliveries. */
export interface NoticeStore {
  /** Keeps a notice and puts it into the outboxes of these channels, due at once; nothing where there is one of this alert and key. */
  add(notice: NoticeDraft, channels: readonly string[]): void
  /** True where anything waits for a channel and is due by `now`. */
  anyWaiting(channel: string, now: number): boolean
  /** What waits for a channel and is due by `now`, oldest first. */
  waiting(channel: string, now: number): WaitingNotice[]
  /** Logs an attempt at each of these notices, and takes them out of the outbox unless they are to be tried again. */
  record(channel: string, ids: readonly number[], attempt: Attempt): void
  /** The first moment after `after` at which anything waiting is due; null where there is none. */
  nextDue(after: number): number | null
  /** Gives up what waits since before a moment, with the reason: at most some hundred notices. @returns how many those were */
  giveUp(before: number, now: number, message: string): number
  /** Removes notices from before a moment that wait nowhere, with their deliveries: likewise. */
  forget(before: number): number
}

/** So many notices are tidied at once: a page that asks something meanwhile waits for no more. */
const STEP = 500

export function noticeStore(db: WritableDb): NoticeStore {
  const add = db.prepare(
    `INSERT INTO notice (alert_id, key, event, trigger, priority, at, story_id, hits, words)
     VALUES (@alertId, @key, @event, @trigger, @priority, @at, @newest, @hits, @words) ON CONFLICT DO NOTHING`,
  )
  const tells = db.prepare('INSERT INTO notice_hit (notice_id, story_id) VALUES (?, ?)')
  const post = db.prepare('INSERT INTO outbox (channel, notice_id, due) VALUES (?, ?, 0)')
  const attempts = `(SELECT coalesce(max(attempt), 0) FROM delivery
     WHERE delivery.notice_id = outbox.notice_id AND delivery.channel = outbox.channel)`
  const waiting = db.prepare<[string, number], WaitingNotice>(
    `SELECT notice.id, notice.alert_id AS alertId, alert.name AS alertName, notice.story_id AS storyId,
       story.title AS storyTitle, notice.hits, coalesce(hit.state > 0, 0) AS seen, ${attempts} AS attempts
     FROM outbox JOIN notice ON notice.id = outbox.notice_id JOIN alert ON alert.id = notice.alert_id
       JOIN story ON story.id = notice.story_id
       LEFT JOIN hit ON hit.story_id = notice.story_id AND hit.alert_id = notice.alert_id
     WHERE outbox.channel = ? AND outbox.due <= ? ORDER BY notice.id`,
  )
  const log = db.prepare(
    `INSERT INTO delivery (notice_id, channel, attempt, at, status, message)
     SELECT notice_id, channel, 1 + ${attempts}, @at, @status, @message FROM outbox
     WHERE channel = @channel AND notice_id = @id`,
  )
  const postpone = db.prepare('UPDATE outbox SET due = ? WHERE channel = ? AND notice_id = ?')
  const done = db.prepare('DELETE FROM outbox WHERE channel = ? AND notice_id = ?')
  const nextDue = db.prepare<[number], number | null>('SELECT min(due) FROM outbox WHERE due > ?').pluck()
  const any = db
    .prepare<[string, number], number>('SELECT EXISTS (SELECT 1 FROM outbox WHERE channel = ? AND due <= ?)')
    .pluck()
  // Notices are numbered as they come: the oldest stand first.
  const old = `SELECT notice_id FROM outbox JOIN notice ON notice.id = notice_id WHERE notice.at < @before
    ORDER BY notice_id LIMIT ${STEP}`
  const logOld = db.prepare(
    `INSERT INTO delivery (notice_id, channel, attempt, at, status, message)
     SELECT notice_id, channel, 1 + ${attempts}, @now, 'given-up', @message FROM outbox WHERE notice_id IN (${old})`,
  )
  const removeOld = db.prepare(`DELETE FROM outbox WHERE notice_id IN (${old})`)
  const forget = db.prepare(
    `DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE at < ?
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE notice_id = notice.id) ORDER BY id LIMIT ${STEP})`,
  )

  return {
    add({ stories, about, ...notice }, channels) {
      const newest = stories.at(-1) ?? about ?? null
      const { changes, lastInsertRowid } = add.run({ ...notice, newest, hits: stories.length })
      if (changes === 0) return
      for (const story of stories) tells.run(lastInsertRowid, story)
      for (const channel of channels) post.run(channel, lastInsertRowid)
    },
    anyWaiting: (channel, now) => any.get(channel, now) === 1,
    waiting: (channel, now) => waiting.all(channel, now),
    record: (channel, ids, { again, at, status, message }) =>
      db.transact(() => {
        for (const id of ids) {
          log.run({ channel, id, at, status, message })
          if (again === null) done.run(channel, id)
          else postpone.run(again, channel, id)
        }
      }),
    nextDue: (after) => nextDue.get(after) ?? null,
    giveUp: (before, now, message) =>
      db.transact(() => {
        logOld.run({ before, now, message })
        return removeOld.run({ before }).changes
      }),
    forget: (before) => forget.run(before).changes,
  }
}
