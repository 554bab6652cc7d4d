import type { WritableDb } from './connection.ts'

/** Small named values of the data folder. */
export interface SettingStore {
  get(key: string): string | undefined
  set(key: string, value: string): void
}

export function settingStore(db: WritableDb): SettingStore {
  const get = db.prepare('SELECT value FROM setting WHERE key = ?').pluck()
  const set = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    get: (key) => get.get(key) as string | undefined,
    set: (key, value) => {
      set.run(key, value)
    },
  }
}
