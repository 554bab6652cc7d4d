import { createHash, randomBytes } from 'node:crypto'
import type { SettingStore } from '../store/settings.ts'

/** The random name of an archive; made where it has none yet. */
export function archiveName(settings: SettingStore): string {
  const known = settings.get('archive')
  if (known !== null) return known
  const name = randomBytes(8).toString('hex')
  settings.set('archive', name)
  return name
}

/**
 * What a receiver knows a notice by, whenever and however often it is sent. A copy of an archive goes on with the same numbers,
 * so the moment of the notice is a part of it.
 */
export function messageId(archive: string, notice: { readonly id: number; readonly at: number }): string {
  const digest = createHash('sha256').update(`${archive}.${notice.id}.${notice.at}`).digest('hex')
  return `msg_${digest.slice(0, 24)}`
}
