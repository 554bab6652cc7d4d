/** The language of texts that declare none. */
import { createRequire } from 'node:module'
import { plainLanguage } from './plainLanguage.ts'

const load = createRequire(import.meta.url)
/** Its tables take a tenth of a second to load, and most texts never need them. */
const detect = (text: string): string => (load('tinyld') as typeof import('tinyld')).detect(text)

/** Below this many letters a guess is a coin toss (docs/decisions.md has the measurement). */
const ENOUGH_LETTERS = 40
const ENOUGH_IDEOGRAPHS = 8
/** Letters that are looked at: more make the guess no better, and each costs time. */
const SAMPLE = 240

/** BCP 47 of a plain text, by its script or its words; '' where the text is too short or the result not clear. */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, SAMPLE)
  return isLongEnough(sample) ? plainLanguage(sample) || detect(sample) : ''
}

function isLongEnough(sample: string): boolean {
  let latin = 0
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at) | 32
    if (code >= 97 && code <= 122 && ++latin >= ENOUGH_LETTERS) return true
  }
  const ideographs = sample.match(/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]/g)?.length ?? 0
  return ideographs >= ENOUGH_IDEOGRAPHS || (sample.match(/\p{L}/gu)?.length ?? 0) >= ENOUGH_LETTERS
}

/**
 * The languages of the texts of one feed, in order. A guess may cost 0.4 ms. So where eight texts from all over the feed are in
 * one language, the others in the same script count as in it too, also short ones. A mixed feed is guessed text by text.
 */
export function detectLanguages(texts: readonly string[]): string[] {
  const step = Math.max(1, texts.length / 8)
  const guessed = new Map<string, string>()
  for (let at = 0; at < texts.length; at += step) {
    const text = texts[Math.floor(at)] as string
    guessed.set(text, detectLanguage(text))
  }
  const found = new Set([...guessed.values()].filter((language) => language !== ''))
  const one = found.size === 1 ? ([...found][0] as string) : ''
  const script = one === '' ? '' : scriptOf([...guessed].find(([, language]) => language === one)?.[0] ?? '')
  return texts.map((text) => {
    if (one !== '' && scriptOf(text) === script) return one
    return guessed.get(text) ?? detectLanguage(text)
  })
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['kana', /[\u3040-\u30ff]/],
  ['han', /[\u4e00-\u9fff]/],
  ['hangul', /[\uac00-\ud7a3]/],
  ['cyrillic', /[\u0400-\u04ff]/],
  ['arabic', /[\u0600-\u06ff]/],
  ['greek', /[\u0370-\u03ff]/],
  ['hebrew', /[\u0590-\u05ff]/],
  ['indic', /[\u0900-\u0dff]/],
  ['thai', /[\u0e00-\u0e7f]/],
  ['latin', /[a-z]/i],
]

/** Names in Latin letters occur in texts of every script, so Latin comes last. */
function scriptOf(text: string): string {
  const sample = text.slice(0, SAMPLE)
  return SCRIPTS.find(([, letters]) => letters.test(sample))?.[0] ?? ''
}
