/**
 * What the clusterer knows as bytes, in pages of moderate size, and back. Tables are written without what is empty: a young
 * archive's are small.
 */
import type { Saved } from './clusters/clusterer.ts'
import type { Event, Kept } from './clusters/liveEvents.ts'
import { checkEnds } from './clusters/traits.ts'

/** A page of a part: 'counts', 'keys', 'events', 'rest'. */
export interface Page {
  readonly part: string
  readonly number: number
  readonly bytes: Uint8Array
}

/** Entries of a table on one page. */
const ENTRIES = 65_536
/** Numbers of events on one page. */
const NUMBERS = 65_536

/** The pages of a state, without its members: those are written one by one. */
export function* pagesOf(saved: Saved): Generator<Page> {
  yield* tablePages('counts', [saved.rarity.counts])
  yield* tablePages('keys', [saved.keys, saved.holders])
  const events = Float64Array.from(
    saved.events.flatMap(({ number, newest, oldest, arrived, members }) => [
      ...[number, newest, oldest, arrived, members.length],
      ...members.map(({ story }) => story),
    ]),
  )
  for (let at = 0, number = 0; at < events.length; at += NUMBERS)
    yield { part: 'events', number: number++, bytes: bytesOf(events.subarray(at, at + NUMBERS)) }
  const rest: Rest = {
    clock: Number.isNaN(saved.clock) ? null : saved.clock,
    next: saved.next,
    total: saved.rarity.total,
    languages: saved.rarity.languages,
    aliases: saved.aliases,
    apart: saved.apart,
    tables: [saved.rarity.counts.length, saved.keys.length],
  }
  yield { part: 'rest', number: 0, bytes: new TextEncoder().encode(JSON.stringify(rest)) }
}

interface Rest extends Pick<Saved, 'next' | 'aliases' | 'apart'> {
  readonly clock: number | null
  readonly total: number
  readonly languages: Saved['rarity']['languages']
  readonly tables: readonly [number, number]
}

/**
 * @param pages all of a state
 * @param members the stories that its events keep, by their numbers
 * @throws Error where a page or a member is missing
 */
export function savedFrom(pages: readonly Page[], members: ReadonlyMap<number, Kept>): Saved {
  const part = (name: string): Page[] => pages.filter((page) => page.part === name)
  const [last] = part('rest')
  if (last === undefined) throw new Error('What was known of events is not all there.')
  const rest = JSON.parse(new TextDecoder().decode(last.bytes)) as Rest
  const counts = new Uint32Array(rest.tables[0])
  const [keys, holders] = [new Int32Array(rest.tables[1]), new Int32Array(rest.tables[1])]
  fillTable([counts], part('counts'))
  fillTable([keys, holders], part('keys'))
  const events: Event[] = []
  const numbers = part('events').flatMap(({ bytes }) => [...new Float64Array(new Uint8Array(bytes).buffer)])
  for (let at = 0; at < numbers.length; ) {
    const [number, newest, oldest, arrived, count] = numbers.slice(at, at + 5) as [
      number,
      number,
      number,
      number,
      number,
    ]
    at += 5
    const own = numbers.slice(at, at + count).map((story) => {
      const member = members.get(story)
      if (member === undefined) throw new Error('What was known of a story is not all there.')
      return member
    })
    at += count
    events.push({ number, newest, oldest, arrived, members: own })
  }
  const { next, total, languages, aliases, apart } = rest
  const rarity = { total, languages, counts }
  return { clock: rest.clock ?? Number.NaN, next, rarity, keys, holders, events, aliases, apart }
}

/** A kept story as bytes: its time, the length of its language's name, the name, its traits. */
export function memberBytes({ language, time, traits }: Kept): Uint8Array {
  const name = new TextEncoder().encode(language)
  const bytes = new Uint8Array(12 + name.length + traits.byteLength)
  const view = new DataView(bytes.buffer)
  view.setFloat64(0, time, true)
  view.setUint32(8, name.length, true)
  bytes.set(name, 12)
  bytes.set(new Uint8Array(traits.buffer, traits.byteOffset, traits.byteLength), 12 + name.length)
  return bytes
}

export function memberFrom(story: number, bytes: Uint8Array): Kept {
  const copy = new Uint8Array(bytes)
  const view = new DataView(copy.buffer)
  const end = 12 + view.getUint32(8, true)
  const traits = new Uint32Array(copy.slice(end).buffer)
  checkEnds(traits)
  return {
    story,
    time: view.getFloat64(0, true),
    language: new TextDecoder().decode(copy.subarray(12, end)),
    traits,
  }
}

type Table = Int32Array | Uint32Array

/** Of each entry that is not 0 in the last table: its place and its value in each. */
function* tablePages(part: string, tables: readonly Table[]): Generator<Page> {
  const leading = tables.at(-1) as Table
  for (let start = 0, number = 0; start < leading.length; start += ENTRIES) {
    let filled = 0
    for (let i = start; i < start + ENTRIES; i++) if (leading[i] !== 0) filled++
    if (filled === 0) continue
    const entries = new Int32Array(filled * (1 + tables.length))
    let at = 0
    for (let i = start; i < start + ENTRIES; i++) {
      if (leading[i] === 0) continue
      entries[at++] = i
      for (const table of tables) entries[at++] = table[i] as number
    }
    yield { part, number: number++, bytes: bytesOf(entries) }
  }
}

function fillTable(tables: readonly Table[], pages: readonly Page[]): void {
  for (const { bytes } of pages) {
    const entries = new Int32Array(new Uint8Array(bytes).buffer)
    for (let at = 0; at < entries.length; ) {
      const place = entries[at++] as number
      for (const table of tables) table[place] = entries[at++] as number
    }
  }
}

const bytesOf = (of: Float64Array | Table): Uint8Array =>
  new Uint8Array(of.buffer, of.byteOffset, of.byteLength)
