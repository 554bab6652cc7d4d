/** The reading thread: an entry of its own (thread.ts starts it; the desktop app bundles it). It knows no database. */
import { parentPort } from 'node:worker_threads'
import { FeedError } from '../feeds/feed.ts'
import type { StoryDraft } from '../story.ts'
import { type DefinitionKeeper, type DefinitionRows, keepDefinitions } from '../watch/definitions.ts'
import { type Arrived, type ArrivedLines, draftsOf, draftsOfLines, nameOf } from './arrived.ts'
import { type ReadStory, readStory } from './readStory.ts'
import type { FromThread, ToThread, Wanted } from './thread.ts'

const port = parentPort
if (port === null) throw new Error('This file is a thread of the engine, not a program.')

const say = (message: FromThread): void => port.postMessage(message)
const held = new Map<number, { at: number; drafts: readonly (StoryDraft | undefined)[] }>()
let rows: DefinitionRows = { conceptRecords: [], themes: [], alerts: [] }
let definitions: DefinitionKeeper | undefined

/** Stories that are wanted come before feeds that are not begun: what is begun is waited for. */
const reads: Extract<ToThread, { type: 'read' }>[] = []
const wants: Extract<ToThread, { type: 'wanted' }>[] = []
let due = false

port.on('message', (message: ToThread) => {
  if (message.type === 'define') define(message)
  else if (message.type === 'read') reads.push(message)
  else wants.push(message)
  soon()
})

function work(): void {
  due = false
  const wanted = wants.shift()
  const arrived = wanted === undefined ? reads.shift() : undefined
  if (wanted !== undefined) attempt(wanted.id, () => readWanted(wanted.id, wanted.wanted))
  else if (arrived !== undefined) attempt(arrived.id, () => begin(arrived.id, arrived.arrived))
  if (wants.length > 0 || reads.length > 0) soon()
}

function soon(): void {
  if (due) return
  due = true
  setImmediate(work)
}

/** Tells of a feed, or of lines, before any story is read. */
function begin(id: number, arrived: Arrived | ArrivedLines): void {
  if ('lines' in arrived) {
    const { names, drafts } = draftsOfLines(arrived)
    held.set(id, { at: arrived.at, drafts })
    say({ type: 'told', id, told: { names } })
  } else {
    const { head, drafts } = draftsOf(arrived)
    held.set(id, { at: arrived.at, drafts })
    say({ type: 'told', id, told: { head, names: drafts.map(nameOf) } })
  }
}

function readWanted(id: number, wanted: readonly Wanted[]): void {
  const { at, drafts } = held.get(id) as { at: number; drafts: StoryDraft[] }
  held.delete(id)
  const { percolator } = (definitions as DefinitionKeeper).now()
  const stories = new Map<number, ReadStory>()
  for (const { index, source } of wanted)
    stories.set(index, readStory(source, drafts[index] as StoryDraft, at, percolator))
  say({ type: 'stories', id, stories })
}

function attempt(id: number, work: () => void): void {
  try {
    work()
  } catch (error) {
    held.delete(id)
    const message = error instanceof Error ? error.message : String(error)
    say({ type: 'failed', id, failure: { message, code: error instanceof FeedError ? error.code : null } })
  }
}

/** What changed is patched as in the engine. It is compiled at once, while the first feeds are on their way. */
function define({ timeZone, rows: changed }: Extract<ToThread, { type: 'define' }>): void {
  rows = { ...rows, ...changed }
  definitions ??= keepDefinitions(
    { conceptRecords: () => rows.conceptRecords, themes: () => rows.themes, alerts: () => rows.alerts },
    // The engine names those that cannot be read.
    { timeZone, log: () => undefined },
  )
  definitions.changed(...(Object.keys(changed) as (keyof DefinitionRows)[]))
  definitions.now()
}
