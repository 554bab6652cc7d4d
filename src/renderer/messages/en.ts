import { common } from './en/common.ts'
import { frame } from './en/frame.ts'

/** The English catalogue, one file per part of the interface. */
export const en = {
  ...common,
  ...frame,
}
