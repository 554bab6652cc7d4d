import type { AlertSettings } from '../../api/contract/alertSettings.ts'

const HOUR = 3_600_000

/** At once, one notice for an event; stories older than two days are no news. */
export const DEFAULTS: AlertSettings = {
  trigger: { kind: 'each' },
  collapse: 'event',
  growth: false,
  cooldownMs: 0,
  capPerHour: null,
  quiet: null,
  horizonMs: 48 * HOUR,
  priority: 3,
}

/** Settings as an archive keeps them: what is left out is as by default. */
export const readSettings = (json: string): AlertSettings => ({ ...DEFAULTS, ...JSON.parse(json) })

/** What is changed of settings: members that are left out stay. */
export type SettingsChange = { readonly [K in keyof AlertSettings]?: AlertSettings[K] | undefined }

export function withChange(settings: AlertSettings, change: SettingsChange = {}): AlertSettings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...settings, ...Object.fromEntries(given) }
}
