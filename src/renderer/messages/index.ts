import { en } from './en.ts'

/** Every text of the interface. A further language is another object of this type. */
export type Messages = typeof en

export const t: Messages = en
