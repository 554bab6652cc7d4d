import { Problem } from '../problem.ts'
import type { WritableDb } from './connection.ts'

/** Where an alert tells its notices beside the inbox and the desktop. */
export interface ChannelRecord {
  readonly id: string
  readonly alertId: number
  readonly kind: string
  /** Its host, or the folder of its file. */
  readonly place: string
  readonly content: 'link' | 'title' | 'count'
  /** 1: the person typed an address in a private network. */
  readonly private: 0 | 1
  readonly enabled: 0 | 1
  /** Why nothing more is sent there, as a sentence; null where it has not ended. */
  readonly ended: string | null
  readonly added: number
}

export interface ChannelStore {
  /** The channels of an alert, or of all, in the order in which they were added. */
  list(alert?: number): ChannelRecord[]
  /** @throws Problem NOT_FOUND */
  get(id: string): ChannelRecord
  /** True where an alert tells its notices on the desktop. */
  hasDesktop(alert: number): boolean
  setDesktop(alert: number, on: boolean): void
  add(channel: ChannelRecord): void
  /** What waits for a channel that is switched off is given up. */
  edit(id: string, edit: Partial<Pick<ChannelRecord, 'content' | 'enabled'>>, now: number): void
  /** It leads elsewhere from now on, and is on. */
  setPlace(id: string, to: Pick<ChannelRecord, 'place' | 'private'>): void
  /** Nothing more is sent there, and what waits for it is given up, with the reason. */
  end(id: string, reason: string, now: number): void
  /** Likewise, and it is no longer listed but in the log. */
  remove(id: string, now: number): void
}

export function channelStore(db: WritableDb): ChannelStore {
  const columns = 'id, alert_id AS alertId, kind, place, content, private, enabled, ended, added'
  const list = db.prepare<[{ alert: number | null }], ChannelRecord>(
    `SELECT ${columns} FROM channel WHERE removed IS NULL AND (@alert IS NULL OR alert_id = @alert) ORDER BY added, id`,
  )
  const get = db.prepare<[string], ChannelRecord>(
    `SELECT ${columns} FROM channel WHERE removed IS NULL AND id = ?`,
  )
  const desktop = db.prepare<[number], 0 | 1>('SELECT desktop FROM alert WHERE id = ?').pluck()
  const setDesktop = db.prepare('UPDATE alert SET desktop = ? WHERE id = ?')
  const add = db.prepare(
    `INSERT INTO channel (id, alert_id, kind, place, content, private, enabled, ended, added)
     VALUES (@id, @alertId, @kind, @place, @content, @private, @enabled, @ended, @added)`,
  )
  const edit = db.prepare('UPDATE channel SET content = @content, enabled = @enabled WHERE id = @id')
  const setPlace = db.prepare(
    'UPDATE channel SET place = @place, private = @private, ended = NULL, enabled = 1 WHERE id = @id',
  )
  const end = db.prepare('UPDATE channel SET ended = @reason WHERE id = @id')
  const remove = db.prepare('UPDATE channel SET removed = @now WHERE id = @id')
  const giveUp = db.prepare(
    `INSERT INTO delivery (notice_id, channel, attempt, at, status, message)
     SELECT notice_id, channel, 1 + (SELECT coalesce(max(attempt), 0) FROM delivery
       WHERE delivery.notice_id = outbox.notice_id AND delivery.channel = outbox.channel), @now, 'given-up', @reason
     FROM outbox WHERE channel = @id`,
  )
  const empty = db.prepare('DELETE FROM outbox WHERE channel = ?')
  const dropWaiting = (id: string, reason: string, now: number): void => {
    giveUp.run({ id, reason, now })
    empty.run(id)
  }

  const store: ChannelStore = {
    list: (alert) => list.all({ alert: alert ?? null }),
    get(id) {
      const channel = get.get(id)
      if (channel === undefined) throw new Problem('NOT_FOUND', 'This channel is no longer there.')
      return channel
    },
    hasDesktop: (alert) => desktop.get(alert) === 1,
    setDesktop(alert, on) {
      setDesktop.run(on ? 1 : 0, alert)
    },
    add(channel) {
      add.run(channel)
    },
    setPlace(id, to) {
      setPlace.run({ id, ...to })
    },
    edit: (id, change, now) =>
      db.transact(() => {
        const { content, enabled } = { ...store.get(id), ...change }
        edit.run({ id, content, enabled })
        if (enabled === 0) dropWaiting(id, 'The channel was switched off.', now)
      }),
    end: (id, reason, now) =>
      db.transact(() => {
        end.run({ id, reason })
        dropWaiting(id, reason, now)
      }),
    remove: (id, now) =>
      db.transact(() => {
        remove.run({ id, now })
        dropWaiting(id, 'The channel was removed.', now)
      }),
  }
  return store
}
