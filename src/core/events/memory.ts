/**
 * What the clusterer knows, in step with the archive. Whatever it takes in is a line of a journal in the story's transaction, with
 * what was decided. Before each use its number is compared with the archive's: after a restart, or a transaction that was rolled
 * back, they differ, and what it knows is made anew from the journal. So the same stories in the same order are of the same
 * events, whatever happened in between; and what is removed from the archive later changes nothing.
 */
import type { EventStore } from '../store/events.ts'
import { type Clusterer, type Course, createClusterer, type Decision } from './clusters/clusterer.ts'
import { type BridgeConcept, createStoryReader, type StoryText } from './clusters/readStory.ts'
import { frozenSetting } from './clusters/setting.ts'
import { pack, type Reading, unpack } from './clusters/traits.ts'

/** A story whose turn it is. */
export interface Turn {
  readonly id: number
  readonly text: StoryText
  /** Epoch ms. */
  readonly published: number
  /** The event of its original; undefined where it is no copy. */
  readonly event: number | undefined
}

/** A run of decisions within one transaction. */
export interface Sitting {
  /** Decides which event the next story is of. */
  take(story: Turn): Decision
  /** The stories kept of an event, most central first. */
  central: Clusterer['central']
  /** Writes how far it came: all stories up to this id have their event. */
  end(gathered: number): void
}

export interface EventMemory {
  /** Within a transaction, as is all that is done with what it returns. */
  begin(): Sitting
}

/** The concepts of the built-in pack, with what is the same for the same concepts. */
export interface BuiltInConcepts {
  readonly hash: string
  concepts(): readonly BridgeConcept[]
}

interface Entry {
  readonly story: number
  readonly published: number
  readonly language: string
  readonly course: Course
}

/** Lines of the journal that are read at once. */
const STEP = 1000

/** To make a reader takes a third of a second: all archives of a process have one. */
const readers = new Map<string, (story: StoryText) => Reading>()

function readerOf({ hash, concepts }: BuiltInConcepts): (story: StoryText) => Reading {
  const read = readers.get(hash) ?? createStoryReader(concepts())
  readers.set(hash, read)
  return read
}

/** @param builtIn the concepts of the built-in pack; the state must not depend on what a person changes */
export function createEventMemory(events: EventStore, builtIn: () => BuiltInConcepts): EventMemory {
  const setting = frozenSetting()
  let read: ((story: StoryText) => Reading) | undefined
  let known: { readonly clusterer: Clusterer; seq: number } | undefined

  function inStep(): { readonly clusterer: Clusterer; seq: number } {
    const { seq } = events.state
    if (known?.seq === seq) return known
    const clusterer = createClusterer(setting)
    for (let from = 0; ; ) {
      const lines = events.journal(from, STEP)
      for (const { entry, reading } of lines) {
        const { story, published, language, course } = JSON.parse(entry) as Entry
        clusterer.replay(
          { story, reading: unpack(fromBytes(reading as Uint8Array), language), published },
          course,
        )
      }
      const last = lines.at(-1)
      if (last === undefined) break
      from = last.seq
    }
    known = { clusterer, seq }
    return known
  }

  return {
    begin() {
      const mine = inStep()
      return {
        take({ id, text, published, event }) {
          read ??= readerOf(builtIn())
          const reading = read(text)
          // From here on it is ahead of the archive, until that has the line too.
          const seq = ++mine.seq
          const decision = mine.clusterer.add({ story: id, reading, published, event })
          const { language } = reading
          const entry: Entry = { story: id, published, language, course: decision.course }
          events.append({ seq, entry: JSON.stringify(entry), reading: toBytes(pack(reading)) })
          return decision
        },
        central: (event) => mine.clusterer.central(event),
        end(gathered) {
          events.setState({ seq: mine.seq, gathered })
        },
      }
    },
  }
}

const toBytes = (of: Uint32Array): Uint8Array => new Uint8Array(of.buffer, of.byteOffset, of.byteLength)
const fromBytes = (bytes: Uint8Array): Uint32Array => new Uint32Array(new Uint8Array(bytes).buffer)
