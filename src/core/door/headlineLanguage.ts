import type { SettingStore } from '../store/settings.ts'

/** The interface's language. */
const INTERFACE = 'en'

/** The language that headlines of events are chosen in where they have one in it, BCP 47: the person's choice, else the interface's. */
export const headlineLanguage = (settings: Pick<SettingStore, 'get'>): string =>
  settings.get('headlineLanguage') ?? INTERFACE
