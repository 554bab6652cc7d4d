/**
 * What the clusterer knows, in step with the archive. Whatever it takes in is a line of a journal in the story's transaction, with
 * what was decided. Before each use its number is compared with the archive's: after a restart, or a transaction that was rolled
 * back, they differ, and what it knows is made anew: from the state as it was last written, and the journal since. So the same
 * stories in the same order are of the same events, whatever happened in between; and what is removed from the archive later
 * changes nothing.
 */
import type { ClusterStore } from '../store/clusters.ts'
import type { EventStore } from '../store/events.ts'
import { StoreError } from '../store/failure.ts'
import { type Clusterer, type Course, createClusterer, type Decision } from './clusters/clusterer.ts'
import { evidence, type Kind, logOdds } from './clusters/likeness.ts'
import {
  type BridgeConcept,
  createStoryReader,
  newWritten,
  type StoryReader,
  type StoryText,
} from './clusters/readStory.ts'
import { frozenSetting } from './clusters/setting.ts'
import {
  NAMES,
  NUMBERS,
  PLACES,
  type Reading,
  readingFrom,
  TOPICS,
  termsOf,
  WORDS,
} from './clusters/traits.ts'
import { memberBytes, memberFrom, pagesOf, savedFrom } from './written.ts'

/** A story whose turn it is. */
export interface Turn {
  readonly id: number
  readonly text: StoryText
  /** The text as it was read elsewhere. */
  readonly reading?: Reading | undefined
  /** Epoch ms. */
  readonly published: number
  /** The event of its original; undefined where it is no copy. */
  readonly event: number | undefined
}

/** A run of decisions within one transaction. */
export interface Sitting extends Pick<Clusterer, 'central' | 'move' | 'merge'> {
  /** Decides which event the next story is of. */
  take(story: Turn): Decision
  /** Writes how far it came. @param gathered all stories up to this id have their event; as before where it is left out */
  end(gathered?: number): void
}

export interface EventMemory {
  /** Within a transaction, as is all that is done with what it returns. */
  begin(): Sitting
  /**
   * Compares stories by their texts, as they would be now.
   * @returns of each pair the log-odds that they are of one event, and what speaks for it
   */
  compare(stories: readonly Pick<Turn, 'text' | 'published'>[]): Pair[]
  /** Makes what it knows, if it is not in step, a step at a time: so that `begin` need not. */
  remember(): Generator<void>
  /** Lines of the journal that have come since the state was last written. */
  readonly unwritten: number
  /**
   * Writes the state, a step at a time, each in a transaction of its own by `together`; then what it replaces is removed. Stories
   * may be taken in between two steps.
   */
  write(together: (work: () => void) => void): Generator<void>
}

/** Two stories, by their places in a list. */
export interface Pair {
  readonly a: number
  readonly b: number
  readonly logOdds: number
  /** Log-odds by kind of evidence, and how both write what they share, rarest first. */
  readonly evidence: readonly {
    readonly kind: Kind
    readonly logOdds: number
    readonly shared: readonly string[]
  }[]
}

/** The concepts of the built-in pack, with what is the same for the same concepts. */
export interface BuiltInConcepts {
  readonly hash: string
  concepts(): readonly BridgeConcept[]
}

/** A line of the journal: a story with what was decided of it, or what a person did. */
type Entry =
  | {
      readonly story: number
      readonly published: number
      readonly language: string
      readonly course: Course
    }
  | { readonly move: Parameters<Clusterer['move']> }
  | { readonly merge: Parameters<Clusterer['merge']> }

/** Lines of the journal, members and the like that are read or written in one step. */
const STEP = 200

/** To make a reader takes a third of a second: all archives of a process have one. */
const readers = new Map<string, StoryReader>()

function readerOf({ hash, concepts }: BuiltInConcepts): StoryReader {
  const read = readers.get(hash) ?? createStoryReader(concepts())
  readers.set(hash, read)
  return read
}

interface Known {
  readonly clusterer: Clusterer
  /** The last line of the journal that it has taken in. */
  seq: number
}

/** @param builtIn the concepts of the built-in pack; the state must not depend on what a person changes */
export function createEventMemory(
  { clusters, events }: { clusters: ClusterStore; events: Pick<EventStore, 'highest'> },
  builtIn: () => BuiltInConcepts,
): EventMemory {
  const setting = frozenSetting()
  let read: StoryReader | undefined
  let known: Known | undefined
  /** The stories whose members are written. */
  let written = new Set<number>()

  function* made(): Generator<void, Known> {
    const { seq, saved, pages } = clusters.state
    written = new Set()
    const members = new Map<number, ReturnType<typeof memberFrom>>()
    for (let after = 0; ; ) {
      const some = clusters.members(after, STEP)
      for (const { story, bytes } of some) {
        members.set(story, memberFrom(story, bytes))
        written.add(story)
      }
      const last = some.at(-1)
      if (last === undefined) break
      after = last.story
      yield
    }
    const clusterer = createClusterer(
      setting,
      saved === 0 ? undefined : savedFrom(clusters.pages(pages), members),
    )
    yield
    for (let from = saved; ; ) {
      const lines = clusters.journal(from, STEP)
      for (const { entry, reading } of lines) replay(clusterer, JSON.parse(entry) as Entry, reading)
      const last = lines.at(-1)
      if (last === undefined) break
      from = last.seq
      yield
    }
    return { clusterer, seq }
  }

  function inStep(): Known {
    const { seq } = clusters.state
    if (known?.seq === seq) return known
    try {
      // There are events, but nothing is known of how they came about.
      if (seq === 0 && events.highest() > 0) throw new Error('What was known of events is gone.')
      for (const steps = made(); ; ) {
        const { value, done } = steps.next()
        if (done !== true) continue
        known = value
        return known
      }
    } catch (error) {
      if (error instanceof StoreError) throw error
      known = startOver()
      return known
    }
  }

  /** What was written of the state is damaged, or a rescue has lost some: events go on under new numbers. */
  function startOver(): Known {
    const { seq, gathered, pages } = clusters.state
    const state = { ...createClusterer(setting).save(), next: events.highest() + 1 }
    clusters.drop()
    for (const page of pagesOf(state)) clusters.putPage(pages + 1, page)
    const now = Math.max(seq, 1)
    clusters.setState({ seq: now, gathered })
    clusters.setWritten(now, pages + 1)
    written = new Set()
    return { clusterer: createClusterer(setting, state), seq: now }
  }

  return {
    begin() {
      const mine = inStep()
      /** From here on it is ahead of the archive, until that has the line too. */
      const line = (entry: Entry, reading: Uint8Array | null): void =>
        clusters.append({ seq: ++mine.seq, entry: JSON.stringify(entry), reading })
      return {
        take({ id, text, reading: known, published, event }) {
          if (known === undefined) read ??= readerOf(builtIn())
          const reading = known ?? (read as StoryReader)(text)
          const decision = mine.clusterer.add({ story: id, reading, published, event })
          const { language } = reading
          line({ story: id, published, language, course: decision.course }, toBytes(reading.terms))
          return decision
        },
        move(...move) {
          line({ move }, null)
          return mine.clusterer.move(...move)
        },
        merge(...merge) {
          line({ merge }, null)
          return mine.clusterer.merge(...merge)
        },
        central: (event) => mine.clusterer.central(event),
        end(gathered = clusters.state.gathered) {
          clusters.setState({ seq: mine.seq, gathered })
        },
      }
    },
    compare(stories) {
      read ??= readerOf(builtIn())
      const { clusterer } = inStep()
      const reader = read
      const members = stories.map(({ text, published }) => {
        const written = newWritten()
        const reading = reader(text, written)
        return {
          written,
          reading,
          ...clusterer.weighed(reading),
          time: published,
          language: reading.language,
        }
      })
      return members.flatMap((a, i) =>
        members.slice(i + 1).map((b, j): Pair => {
          const kinds = evidence(a, b, setting.weights)
          const shared = (kind: Kind): string[] =>
            (CHANNELS_OF[kind] ?? []).flatMap((channel) => {
              if (channel === WORDS && a.language !== b.language) return []
              const theirs = new Set(termsOf(b.reading, channel))
              return termsOf(a.reading, channel)
                .filter((term) => theirs.has(term) && a.rarity(term, channel) > 0)
                .sort((x, y) => b.rarity(y, channel) - b.rarity(x, channel) || x - y)
                .flatMap((term) => a.written[channel]?.get(term) ?? [])
                .slice(0, SHOWN)
            })
          return {
            a: i,
            b: i + 1 + j,
            logOdds: logOdds(a, b, setting.weights),
            evidence: [...kinds].map(([kind, odds]) => ({ kind, logOdds: odds, shared: shared(kind) })),
          }
        }),
      )
    },
    *remember() {
      const { seq } = clusters.state
      if (known?.seq === seq || seq === 0) return
      const found = yield* made()
      // Where stories came in meanwhile, it was made by them.
      if (clusters.state.seq === found.seq && known?.seq !== found.seq) known = found
    },
    get unwritten() {
      const { seq, saved } = clusters.state
      return seq - saved
    },
    *write(together) {
      const { clusterer, seq } = inStep()
      const state = clusterer.save()
      const pages = clusters.state.pages + 1
      together(() => clusters.dropPagesBut(pages - 1))
      const kept = new Map(state.events.flatMap(({ members }) => members.map((one) => [one.story, one])))
      const fresh = [...kept.values()].filter(({ story }) => !written.has(story))
      for (let at = 0; at < fresh.length; at += STEP) {
        const some = fresh.slice(at, at + STEP)
        together(() => {
          for (const member of some) clusters.putMember(member.story, memberBytes(member))
        })
        for (const { story } of some) written.add(story)
        yield
      }
      for (const page of pagesOf(state)) {
        together(() => clusters.putPage(pages, page))
        yield
      }
      together(() => clusters.setWritten(seq, pages))
      yield
      for (let gone = 1; gone > 0; ) {
        together(() => {
          gone = clusters.dropJournal(seq, STEP)
        })
        yield
      }
      const over = [...written].filter((story) => !kept.has(story))
      for (let at = 0; at < over.length; at += STEP) {
        const some = over.slice(at, at + STEP)
        together(() => clusters.dropMembers(some))
        for (const story of some) written.delete(story)
        yield
      }
      together(() => clusters.dropPagesBut(pages))
    },
  }
}

/** What a kind of evidence is written by, and how much of it is told. */
const CHANNELS_OF: Partial<Record<Kind, readonly number[]>> = {
  words: [WORDS],
  names: [NAMES],
  numbers: [NUMBERS],
  topics: [TOPICS],
  places: [PLACES],
}
const SHOWN = 8

function replay(clusterer: Clusterer, entry: Entry, reading: Uint8Array | null): void {
  if ('move' in entry) clusterer.move(...entry.move)
  else if ('merge' in entry) clusterer.merge(...entry.merge)
  else {
    const { story, published, language, course } = entry
    clusterer.replay(
      { story, reading: readingFrom(fromBytes(reading as Uint8Array), language), published },
      course,
    )
  }
}

const toBytes = (of: Uint32Array): Uint8Array => new Uint8Array(of.buffer, of.byteOffset, of.byteLength)
const fromBytes = (bytes: Uint8Array): Uint32Array => new Uint32Array(new Uint8Array(bytes).buffer)
