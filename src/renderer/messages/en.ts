import { common } from './en/common.ts'
import { dashboard } from './en/dashboard.ts'
import { frame } from './en/frame.ts'
import { settings } from './en/settings.ts'
import { sources } from './en/sources.ts'

/** The English catalogue, one file per part of the interface. */
export const en = {
  ...common,
  ...frame,
  ...dashboard,
  ...sources,
  ...settings,
}
