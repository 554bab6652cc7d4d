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
  /** When it was made, epoch ms. */
  readonly at: number
  /** None of its hits is new any more: the person saw them in the inbox meanwhile. */
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
  /** The status of the receiver's answer; left out where it gave none. */
  readonly http?: number | undefined
}

/** A notice that is due on a channel. */
export interface DueNotice {
  readonly id: number
  /** How many attempts there were so far. */
  readonly attempts: number
}

/** What a notice tells. */
export interface NoticeRecord {
  readonly id: number
  readonly alertId: number
  readonly alertName: string
  readonly event: number | null
  readonly trigger: string
  readonly priority: number
  readonly at: number
  readonly words: string
  /** How many hits it tells of. */
  readonly hits: number
  /** The stories of its hits that are still there, newest first; some of them where there are very many. */
  readonly stories: readonly number[]
}

/** An attempt to deliver, or one that is to come. */
export interface DeliveryRecord {
  readonly noticeId: number
  readonly noticeAt: number
  readonly alertId: number
  readonly alertName: string
  readonly event: number | null
  /** The channel's id, and what is known of it. */
  readonly channel: string
  readonly kind: string
  readonly place: string
  /** When it was, or is due, epoch ms. */
  readonly at: number
  readonly status: Attempt['status'] | 'pending'
  readonly http: number | null
  readonly message: string
  /** From 1. */
  readonly attempt: number
}

/** Notices, the outbox of each channel, and the log of deliveries. */
export interface NoticeStore {
  /**
   * Keeps a notice and puts it into the outboxes of the alert's own channels and of these, due at once; nothing where there is one
   * of this alert and key.
   */
  add(notice: NoticeDraft, channels: readonly string[]): void
  /** True where anything waits for a channel and is due by `now`. */
  anyWaiting(channel: string, now: number): boolean
  /** What waits for a channel and is due by `now`, oldest first. */
  waiting(channel: string, now: number): WaitingNotice[]
  /** Logs an attempt at each of these notices, and takes them out of the outbox unless they are to be tried again. */
  record(channel: string, ids: readonly number[], attempt: Attempt): void
  /** The channels beside this one for which anything waits that is due. */
  dueChannels(beside: string, now: number): string[]
  /** At most so many of what waits for a channel and is due, the highest priority first, then the oldest. */
  due(channel: string, now: number, limit: number): DueNotice[]
  /** Nothing is due on a channel before a moment. */
  postpone(channel: string, until: number): void
  /** What a notice tells; undefined where it is no longer there. */
  get(id: number): NoticeRecord | undefined
  /** The newest notices that were put into a channel's outbox, newest first. */
  told(channel: string, limit: number): NoticeRecord[]
  /** The newest attempts, and those to come, oldest first. */
  log(filter: { alert?: number | undefined; limit: number }): DeliveryRecord[]
  /** The last attempt on a channel. */
  lastAttempt(channel: string): DeliveryRecord | undefined
  /** How many notices wait for a channel. */
  waitingOn(channel: string): number
  /** How many notices wait for the channels beside this one. */
  waitingBeside(channel: string): number
  /** The first moment after `after` at which anything waiting is due; null where there is none. */
  nextDue(after: number): number | null
  /** Gives up what waits since before a moment, with the reason: at most some hundred notices. @returns how many those were */
  giveUp(before: number, now: number, message: string): number
  /** Removes notices from before a moment that wait nowhere, with their deliveries: likewise. */
  forget(before: number): number
}

/** The longest that anything waits for its next attempt: what is due later was put there under a wrong clock, and is due. */
const LONGEST_WAIT_MS = 26 * 3_600_000

/** More hits of a notice than this are counted and not named. */
const STORIES_MOST = 50

/** So many notices are tidied at once: a page that asks something meanwhile waits for no more. */
const STEP = 500

export function noticeStore(db: WritableDb): NoticeStore {
  const add = db.prepare(
    `INSERT INTO notice (alert_id, key, event, trigger, priority, at, story_id, hits, words)
     VALUES (@alertId, @key, @event, @trigger, @priority, @at, @newest, @hits, @words) ON CONFLICT DO NOTHING`,
  )
  const tells = db.prepare('INSERT INTO notice_hit (notice_id, story_id) VALUES (?, ?)')
  const post = db.prepare(
    `INSERT INTO outbox (channel, notice_id, due) SELECT ?, notice.id, 0 FROM notice
     JOIN alert ON alert.id = notice.alert_id WHERE notice.id = ? AND alert.desktop = 1`,
  )
  const postOwn = db.prepare(
    `INSERT INTO outbox (channel, notice_id, due) SELECT id, @notice, 0 FROM channel INDEXED BY channel_alert
     WHERE alert_id = @alert AND enabled = 1 AND ended IS NULL AND removed IS NULL`,
  )
  const attempts = `(SELECT coalesce(max(attempt), 0) FROM delivery
     WHERE delivery.notice_id = outbox.notice_id AND delivery.channel = outbox.channel)`
  const waiting = db.prepare<[string, number], WaitingNotice>(
    `SELECT notice.id, notice.alert_id AS alertId, alert.name AS alertName, notice.story_id AS storyId,
       story.title AS storyTitle, notice.hits, notice.at,
       EXISTS (SELECT 1 FROM notice_hit WHERE notice_id = notice.id) AND NOT EXISTS (
         SELECT 1 FROM notice_hit JOIN hit ON hit.story_id = notice_hit.story_id AND hit.alert_id = notice.alert_id
         WHERE notice_id = notice.id AND hit.state = 0) AS seen, ${attempts} AS attempts
     FROM outbox JOIN notice ON notice.id = outbox.notice_id JOIN alert ON alert.id = notice.alert_id
       JOIN story ON story.id = notice.story_id
     WHERE outbox.channel = ? AND outbox.due <= ? ORDER BY notice.id`,
  )
  const log = db.prepare(
    `INSERT INTO delivery (notice_id, channel, attempt, at, status, message, http)
     SELECT notice_id, channel, 1 + ${attempts}, @at, @status, @message, @http FROM outbox
     WHERE channel = @channel AND notice_id = @id`,
  )
  const postpone = db.prepare('UPDATE outbox SET due = ? WHERE channel = ? AND notice_id = ?')
  const done = db.prepare('DELETE FROM outbox WHERE channel = ? AND notice_id = ?')
  const nextDue = db.prepare<[number], number | null>('SELECT min(due) FROM outbox WHERE due > ?').pluck()
  const any = db
    .prepare<[string, number], number>('SELECT EXISTS (SELECT 1 FROM outbox WHERE channel = ? AND due <= ?)')
    .pluck()
  const isDue = `due <= @now OR due > @now + ${LONGEST_WAIT_MS}`
  const dueChannels = db
    .prepare<[{ beside: string; now: number }], string>(
      `SELECT DISTINCT channel FROM outbox WHERE channel <> @beside AND (${isDue})`,
    )
    .pluck()
  const due = db.prepare<[{ channel: string; now: number; limit: number }], DueNotice>(
    `SELECT notice.id, ${attempts} AS attempts FROM outbox INDEXED BY outbox_due
       JOIN notice ON notice.id = outbox.notice_id
     WHERE outbox.channel = @channel AND (${isDue}) ORDER BY notice.priority DESC, notice.id LIMIT @limit`,
  )
  const postponeAll = db.prepare('UPDATE outbox SET due = ? WHERE channel = ? AND due < ?')
  const columns = `notice.id, notice.alert_id AS alertId, alert.name AS alertName, notice.event, notice.trigger,
     notice.priority, notice.at, notice.words, notice.hits`
  const get = db.prepare<[number], Omit<NoticeRecord, 'stories'>>(
    `SELECT ${columns} FROM notice JOIN alert ON alert.id = notice.alert_id WHERE notice.id = ?`,
  )
  const told = db.prepare<[{ channel: string; limit: number }], Omit<NoticeRecord, 'stories'>>(
    `SELECT ${columns} FROM channel JOIN notice ON notice.alert_id = channel.alert_id
       JOIN alert ON alert.id = notice.alert_id
     WHERE channel.id = @channel AND (
       EXISTS (SELECT 1 FROM outbox WHERE notice_id = notice.id AND outbox.channel = @channel)
       OR EXISTS (SELECT 1 FROM delivery WHERE notice_id = notice.id AND delivery.channel = @channel))
     ORDER BY notice.id DESC LIMIT @limit`,
  )
  const storiesOf = db
    .prepare<[number], number>(
      `SELECT notice_hit.story_id FROM notice_hit JOIN story ON story.id = notice_hit.story_id
       WHERE notice_id = ? ORDER BY story.published DESC, story.id DESC LIMIT ${STORIES_MOST}`,
    )
    .pluck()
  const withStories = (notice: Omit<NoticeRecord, 'stories'>): NoticeRecord => ({
    ...notice,
    stories: storiesOf.all(notice.id),
  })
  const named = `notice.at AS noticeAt, notice.alert_id AS alertId, alert.name AS alertName, notice.event,
     coalesce(channel.kind, 'desktop') AS kind, coalesce(channel.place, '') AS place`
  const joined = `JOIN notice ON notice.id = notice_id JOIN alert ON alert.id = notice.alert_id
     LEFT JOIN channel ON channel.id = attempt.channel
     WHERE @alert IS NULL OR notice.alert_id = @alert`
  const deliveries = db.prepare<[{ alert: number | null; limit: number }], DeliveryRecord>(
    `SELECT * FROM (
       SELECT attempt.notice_id AS noticeId, attempt.channel, ${named}, attempt.at, attempt.status, attempt.http,
         attempt.message, attempt.attempt
       FROM delivery AS attempt ${joined}
       UNION ALL
       SELECT attempt.notice_id, attempt.channel, ${named}, max(attempt.due, notice.at), 'pending', NULL, '',
         1 + (SELECT coalesce(max(attempt), 0) FROM delivery
           WHERE delivery.notice_id = attempt.notice_id AND delivery.channel = attempt.channel)
       FROM outbox AS attempt ${joined}
       ORDER BY 9 DESC, 1 DESC, 2 DESC, 13 DESC LIMIT @limit
     ) ORDER BY at, noticeId, channel, attempt`,
  )
  const lastAttempt = db.prepare<[string], DeliveryRecord>(
    `SELECT attempt.notice_id AS noticeId, attempt.channel, ${named}, attempt.at, attempt.status, attempt.http,
       attempt.message, attempt.attempt
     FROM delivery AS attempt INDEXED BY delivery_channel JOIN notice ON notice.id = notice_id
       JOIN alert ON alert.id = notice.alert_id LEFT JOIN channel ON channel.id = attempt.channel
     WHERE attempt.channel = ? ORDER BY attempt.at DESC, attempt.notice_id DESC, attempt.attempt DESC LIMIT 1`,
  )
  const waitingOn = db
    .prepare<[string], number>('SELECT count(*) FROM outbox INDEXED BY outbox_due WHERE channel = ?')
    .pluck()
  const waitingBeside = db.prepare<[string], number>('SELECT count(*) FROM outbox WHERE channel <> ?').pluck()
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
      postOwn.run({ alert: notice.alertId, notice: lastInsertRowid })
    },
    anyWaiting: (channel, now) => any.get(channel, now) === 1,
    waiting: (channel, now) => waiting.all(channel, now),
    dueChannels: (beside, now) => dueChannels.all({ beside, now }),
    due: (channel, now, limit) => due.all({ channel, now, limit }),
    postpone(channel, until) {
      postponeAll.run(until, channel, until)
    },
    get(id) {
      const notice = get.get(id)
      return notice === undefined ? undefined : withStories(notice)
    },
    told: (channel, limit) => told.all({ channel, limit }).map(withStories),
    lastAttempt: (channel) => lastAttempt.get(channel),
    waitingOn: (channel) => waitingOn.get(channel) ?? 0,
    waitingBeside: (channel) => waitingBeside.get(channel) ?? 0,
    log: ({ alert = null, limit }) => deliveries.all({ alert, limit }),
    record: (channel, ids, { again, at, status, message, http = null }) =>
      db.transact(() => {
        for (const id of ids) {
          log.run({ channel, id, at, status, message, http })
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
