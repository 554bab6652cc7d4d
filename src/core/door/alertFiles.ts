import { randomBytes } from 'node:crypto'
import type { AlertFile, ImportedAlert, NewAlert } from '../../api/contract/alertFile.ts'
import type { ChannelKind } from '../../api/contract/channels.ts'
import { needsHistory } from '../alerts/revising.ts'
import { DEFAULTS, readSettings, withChange } from '../alerts/settings.ts'
import { Problem } from '../problem.ts'
import { QueryError } from '../query/language/ast.ts'
import { parseQuery } from '../query/language/parse.ts'
import type { AlertRecord } from '../store/alerts.ts'
import type { DoorParts } from './parts.ts'

/** Alerts that go out into a file and come in from one, and the copy of an alert. */
export interface AlertFiles {
  /** These alerts, or all. @throws Problem NOT_FOUND */
  exportFile(ids?: readonly number[]): AlertFile
  /** Adds the alerts of a file, all or none; they are off. @throws Problem INVALID that says which of them cannot be read, and why */
  importFile(file: AlertFile): { added: ImportedAlert[] }
  /** The same alert once more, with its channels; it is off. @throws Problem */
  duplicate(id: number): Promise<NewAlert>
}

type Parts = Pick<
  DoorParts,
  | 'alerts'
  | 'channels'
  | 'secrets'
  | 'revising'
  | 'together'
  | 'changes'
  | 'definitions'
  | 'definitionsChanged'
  | 'now'
>

const LONGEST_NAME = 120
const NO_ADDRESS = 'It came from a file, which holds no addresses: give it one.'

/** Random: the secrets of another archive must not fit. */
const channelId = (kind: string): string => `${kind}-${randomBytes(8).toString('hex')}`

export function alertFiles(parts: Parts): AlertFiles {
  const { alerts, channels, secrets, together, changes, definitions, definitionsChanged, now } = parts

  /** A name as it is, or with a number where it is taken. */
  function freeName(name: string): string {
    const base = name.replace(/ \(\d+\)$/, '').slice(0, LONGEST_NAME - 8)
    let free = name
    for (let n = 2; alerts.byName(free) !== undefined; n++) free = `${base} (${n})`
    return free
  }

  function changed(): void {
    definitionsChanged('alerts')
    parts.revising.start()
    changes.emit({ type: 'alerts', hits: 0 })
  }

  function check({ name, query }: { name: string; query: string }, place: number): void {
    try {
      parseQuery(query, { use: 'alert', concepts: definitions().concepts })
    } catch (error) {
      if (!(error instanceof QueryError)) throw error
      throw new Problem(
        'INVALID',
        `alerts.${place}.query, of “${name}”: ${error.message} (at character ${error.at.start + 1}). Nothing was imported: mend the query in the file, or take the alert out of it.`,
      )
    }
  }

  return {
    exportFile(ids) {
      const chosen = ids === undefined ? alerts.all() : ids.map((id) => alerts.get(id))
      return {
        wirewatch: 'alerts',
        version: 1,
        alerts: chosen.map(({ id, name, query, settings, folder, colour, note }) => ({
          name,
          query,
          settings: readSettings(settings),
          folder,
          colour,
          note,
          desktop: channels.hasDesktop(id),
          channels: channels.list(id).map(({ kind, content }) => ({ kind: kind as ChannelKind, content })),
        })),
      }
    },
    importFile(file) {
      file.alerts.forEach(check)
      const added = together(() =>
        file.alerts.map(({ name, query, settings, folder = '', colour = null, note = '', ...told }) => {
          const all = JSON.stringify(withChange(DEFAULTS, settings))
          const alert = alerts.save(
            {
              name: freeName(name),
              query,
              enabled: false,
              settings: all,
              folder: folder.trim(),
              colour,
              note,
            },
            now(),
          )
          if (needsHistory(alert)) alerts.setRevised(alert.id, '')
          if (told.desktop === false) channels.setDesktop(alert.id, false)
          for (const [n, { kind, content }] of (told.channels ?? []).entries())
            channels.add({
              id: channelId(kind),
              alertId: alert.id,
              kind,
              place: '',
              content,
              private: 0,
              enabled: 0,
              ended: NO_ADDRESS,
              // They are listed in the order in which they were added.
              added: now() + n,
            })
          return { id: alert.id, name: alert.name, channels: told.channels?.length ?? 0 }
        }),
      )
      changed()
      return { added }
    },
    async duplicate(of) {
      const { name, query, settings, folder, colour, note } = alerts.get(of)
      const copies = await Promise.all(
        channels.list(of).map(async (channel) => {
          const id = channelId(channel.kind)
          const leads = channel.kind === 'atom' ? null : await secrets.destination(channel.id)
          return { channel, id, leads }
        }),
      )
      // An address that only the desktop app can read cannot be copied here: the copy is without that channel.
      const kept = copies.filter(({ leads }) => typeof leads !== 'string')
      const { id } = together(() => {
        const made: AlertRecord = alerts.save(
          { name: freeName(name), query, enabled: false, settings, folder, colour, note },
          now(),
        )
        if (needsHistory(made)) alerts.setRevised(made.id, '')
        channels.setDesktop(made.id, channels.hasDesktop(of))
        return made
      })
      for (const { channel, id: copy, leads } of kept) {
        if (leads !== null && typeof leads !== 'string') await secrets.keep(copy, leads)
        channels.add({ ...channel, id: copy, alertId: id, added: now() })
      }
      changed()
      return { id, name: alerts.get(id).name }
    },
  }
}
