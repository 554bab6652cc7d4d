import type { Alert } from '../../../api/contract/alerts.ts'
import { DEFAULTS } from '../../../core/alerts/settings.ts'
import { t } from '../../messages/index.ts'

/** An alert as the form holds it: nothing is left out. */
export type FormDraft = Pick<Alert, 'name' | 'query' | 'enabled' | 'settings' | 'folder' | 'colour' | 'note'>

export const draftOf = ({ name, query, enabled, settings, folder, colour, note }: Alert): FormDraft => ({
  name,
  query,
  enabled,
  settings,
  folder,
  colour,
  note,
})

/**
 * What a new alert begins with: a query, or a copy of another alert.
 * @param folder where it is put
 */
export function newDraft(given: { query: string; folder: string; from: Alert | undefined }): FormDraft {
  if (given.from !== undefined)
    return { ...draftOf(given.from), name: t.alertEditor.copyOf(given.from.name).slice(0, 120) }
  return {
    name: '',
    query: given.query,
    enabled: true,
    settings: DEFAULTS,
    folder: given.folder,
    colour: null,
    note: '',
  }
}

/** The name under which a half-written alert is kept (drafts.ts). */
export const draftName = (alert: number | 'new', begun = ''): string => `alert ${alert} ${begun}`.trimEnd()

/** The address of the editor. */
export const editorOf = (alert: number | 'new'): string => `/alerts/edit/${alert}`
