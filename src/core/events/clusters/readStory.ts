/** Reads a story into the terms it is compared by. */
import { commonWords, plainLanguage } from '../../feeds/read/plainLanguage.ts'
import { parseQuery } from '../../query/language/parse.ts'
import { createMatcher } from '../../query/match/matcher.ts'
import { tokenisedBefore } from '../../query/match/tokenise.ts'
import { foldValue, type WordList } from '../../query/words/words.ts'
import { conceptBook } from '../../watch/conceptBook.ts'
import { entitiesIn } from './entities.ts'
import { happeningName, happeningsIn } from './happenings.ts'
import { datesIn, numbersIn } from './numbers.ts'
import { countryNames, placesIn } from './places.ts'
import {
  CHANNELS,
  type Counted,
  ENTITIES,
  MOST_OFTEN,
  NAMES,
  NUMBERS,
  PLACES,
  type Reading,
  readingOf,
  SOUNDS,
  TITLE,
  TOPICS,
  termOf,
  WORDS,
} from './traits.ts'
import { beginsCapital, readWords, speak, type WordFacts } from './wordFacts.ts'

/** A concept of a pack, as far as stories are compared by it. */
export interface BridgeConcept {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly forms: readonly string[]
  readonly except: readonly string[]
}

export interface StoryText {
  readonly title: string
  readonly summary: string
  readonly text: string
  /** BCP 47, or undefined: then it is read from the text. */
  readonly lang?: string | undefined
}

/** Of lead and body so many characters are read: news says first what happened. */
const READ = 1500
/** The headline of a story without one: its first sentence, at most so many characters. */
const FIRST = 200
/** A word in the headline counts so much of one in the body. */
const PROMINENT = 2

/** The part of a story that is read: it has the same terms. */
export const partRead = ({ title, summary, text, lang }: StoryText): StoryText => ({
  title,
  summary: summary.slice(0, READ),
  text: text.slice(0, READ),
  lang,
})

/** Reads a story into its terms. @param told is given how each term is written, by channel and term */
export type StoryReader = (story: StoryText, told?: Written) => Reading

/** How terms are written in a story, by channel. */
export type Written = readonly Map<number, string>[]
export const newWritten = (): Written => Array.from({ length: CHANNELS }, () => new Map())

/** @param concepts of the pack: persons, organisations and places in many languages */
export function createStoryReader(concepts: readonly BridgeConcept[]): StoryReader {
  const labels = new Map(concepts.map(({ name, label }) => [name, label]))
  const book = conceptBook(concepts)
  const matcher = createMatcher({ concepts: book, timeZone: 'UTC' })
  const countries = countryNames()
  const bridges = new Map<string, readonly [number, number]>()
  for (const { name, label, type } of concepts) {
    if (type === 'topic') continue
    matcher.set(name, parseQuery(`@${name}`, { use: 'match', concepts: book }).query)
    const country = countries.get(foldValue(label))
    // What the table names too is one.
    const [entity = name] = entitiesIn(readWords(label).facts, label).entities
    bridges.set(
      name,
      country === undefined ? [ENTITIES, termOf(ENTITIES, entity)] : [PLACES, termOf(PLACES, country)],
    )
  }

  return (story, told) => {
    const headline = story.title !== '' ? story.title : firstSentence(story.summary || story.text)
    const body = `${story.summary} ${story.text}`.slice(0, READ)
    const language = languageOf(story, headline, body)
    const channels: Counted[] = Array.from({ length: CHANNELS }, () => new Map())
    const title = readText(headline, language, PROMINENT, channels, channels[TITLE], told)
    const text = readText(body, language, 1, channels, undefined, told)
    const subject = { title: headline, summary: '', text: body, published: null }
    for (const name of matcher.match(tokenisedBefore(subject, { title, text }), 0)) {
      const [channel, term] = bridges.get(name) as readonly [number, number]
      // It may have been found by its name in the table.
      if (!(channels[channel] as Counted).has(term)) add(channels[channel] as Counted, term, 1)
      told?.[channel]?.set(term, labels.get(name) ?? name)
    }
    return readingOf(language, channels)
  }
}

const firstSentence = (text: string): string => {
  const end = text.slice(0, FIRST).search(/[.!?。!?](?:\s|$)|[。!?]/)
  return end > 30 ? text.slice(0, end + 1) : text.slice(0, FIRST)
}

function languageOf(story: StoryText, headline: string, body: string): string {
  const stated = story.lang?.toLowerCase().split(/[-_]/)[0]
  return stated !== undefined && stated !== '' && stated !== 'und'
    ? stated
    : plainLanguage(`${headline} ${body}`)
}

const add = (counted: Counted, term: number, weight: number): void => {
  counted.set(term, Math.min(MOST_OFTEN, (counted.get(term) ?? 0) + weight))
}

const HAN = /[぀-ヿ㐀-鿿]/

/** Adds what a text names to the channels. @returns its words */
function readText(
  text: string,
  language: string,
  weight: number,
  channels: readonly Counted[],
  title: Counted | undefined,
  told: Written | undefined,
): WordList {
  const { list, facts } = readWords(text)
  const { folded, starts, ends } = list
  const [all, names, sounds, numbers, topics, places] = [
    channels[WORDS],
    channels[NAMES],
    channels[SOUNDS],
    channels[NUMBERS],
    channels[TOPICS],
    channels[PLACES],
  ] as Counted[] as [Counted, Counted, Counted, Counted, Counted, Counted]
  const { entities, countries, at: tabled } = entitiesIn(facts, text)
  for (let i = 0; i < folded.length; i++) {
    const word = folded[i] as string
    const first = word.charCodeAt(0)
    if (first >= 48 && first <= 57) continue
    if (word.length === 1) {
      // A run of characters: pairs of neighbours.
      if (
        first >= 0x2e80 &&
        i + 1 < folded.length &&
        ends[i] === starts[i + 1] &&
        (folded[i + 1] as string).length === 1
      )
        addWord(all, title, termOf(WORDS, word + folded[i + 1], language), weight, word + folded[i + 1], told)
      continue
    }
    const own = speak(facts[i] as WordFacts, language)
    if (own.isCommon) continue
    const written = own.written ?? text.slice(starts[i], ends[i])
    if (own.written === undefined && commonWords(language).has(written.toLowerCase())) continue
    addWord(all, title, own.term, weight, written, told)
    // What the table names is compared as that, in every language, and not as it sounds too: else a name in all the news counts thrice.
    if (own.sound < 0 || tabled.has(i)) continue
    if (word.length >= 4) add(sounds, own.sound, weight)
    const isCapital = own.written === undefined ? beginsCapital(written) : own.isCapital
    if (isCapital && !beginsSentence(list, text, i)) {
      add(names, own.name, weight)
      told?.[NAMES]?.set(own.name, written)
    }
  }
  for (const number of numbersIn(text)) tellNumber(number, number)
  for (const date of datesIn(text, facts)) tellNumber(date, date.slice(1))
  for (const row of happeningsIn(facts, HAN.test(text) ? text : undefined)) addTopic(row)
  for (const entity of entities) {
    const term = termOf(ENTITIES, entity)
    add(channels[ENTITIES] as Counted, term, weight)
    told?.[ENTITIES]?.set(term, entity)
  }
  for (const code of new Set([...placesIn(facts, text), ...countries])) {
    const term = termOf(PLACES, code)
    add(places, term, weight)
    told?.[PLACES]?.set(term, code)
  }
  return list

  function addTopic(row: number): void {
    const term = termOf(TOPICS, `#${row}`)
    add(topics, term, weight)
    told?.[TOPICS]?.set(term, happeningName(row))
  }

  function tellNumber(value: string, written: string): void {
    const term = termOf(NUMBERS, value)
    add(numbers, term, weight)
    told?.[NUMBERS]?.set(term, written)
  }
}

function addWord(
  all: Counted,
  title: Counted | undefined,
  term: number,
  weight: number,
  written: string,
  told: Written | undefined,
): void {
  add(all, term, weight)
  told?.[WORDS]?.set(term, written)
  if (title !== undefined) add(title, term, 1)
}

/** The first word of a text, and one after a full stop. */
function beginsSentence({ starts, ends }: WordList, text: string, i: number): boolean {
  if (i === 0) return true
  // Mostly there is but a space.
  if ((starts[i] as number) - (ends[i - 1] as number) < 2) return false
  return /[.!?]["»”)]?\s+["«“(]?$/.test(text.slice(ends[i - 1], starts[i]))
}
