/** The language of a text, where nobody says it. */
import { detect } from 'tinyld'

/** Below this many letters a guess is a coin toss (docs/decisions.md has the measurement). */
const ENOUGH_LETTERS = 40
const ENOUGH_IDEOGRAPHS = 8

/** BCP 47 of a plain text, as far as its script or its words tell; '' where the text is too short or it is not clear. */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, 600)
  const ideographs = sample.match(/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]/g)?.length ?? 0
  if (ideographs < ENOUGH_IDEOGRAPHS && (sample.match(/\p{L}/gu)?.length ?? 0) < ENOUGH_LETTERS) return ''
  return detect(sample)
}
