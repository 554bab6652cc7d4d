import type { Alert } from '../../../api/contract/alerts.ts'
import { DEFAULTS } from '../../../core/alerts/settings.ts'

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

/** What a new alert begins with: a query, and the folder it is put into. */
export const newDraft = (given: { query: string; folder: string }): FormDraft => ({
  name: '',
  query: given.query,
  enabled: true,
  settings: DEFAULTS,
  folder: given.folder,
  colour: null,
  note: '',
})

/** The name under which a half-written alert is kept (drafts.ts). */
export const draftName = (alert: number | 'new', begun = ''): string => `alert ${alert} ${begun}`.trimEnd()

/** The address of the editor. */
export const editorOf = (alert: number | 'new'): string => `/alerts/edit/${alert}`
