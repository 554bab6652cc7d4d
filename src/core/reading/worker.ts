/** The reading thread: an entry of its own (thread.ts starts it; the desktop app bundles it). It knows no database. */
import { parentPort, workerData } from 'node:worker_threads'
import { FeedError } from '../feeds/feed.ts'
import type { StoryDraft } from '../story.ts'
import { type DefinitionKeeper, type DefinitionRows, keepDefinitions } from '../watch/definitions.ts'
import { draftsOf, draftsOfLines, type FeedToRead, keyOf, type LinesToRead } from './drafts.ts'
import type { FromThread, Selected, ToThread } from './messages.ts'
import { type ReadStory, readStory } from './readStory.ts'

const port = parentPort
if (port === null) throw new Error('This file is a thread of the engine, not a program.')

/** The number of what is being read, for the engine's thread to see when this one ends without a word. */
const at = workerData as Int32Array
const send = (message: FromThread): void => port.postMessage(message)
/** Drafts of what was begun, until its stories are selected. */
const begun = new Map<number, { at: number; drafts: readonly (StoryDraft | undefined)[] }>()
let rows: DefinitionRows = { conceptRecords: [], themes: [], alerts: [] }
let definitions: DefinitionKeeper | undefined

/** Selected stories come before feeds that are not begun: the engine waits for what is begun. */
const reads: Extract<ToThread, { type: 'read' }>[] = []
const selections: Extract<ToThread, { type: 'select' }>[] = []
let due = false

port.on('message', (message: ToThread) => {
  if (message.type === 'define') define(message)
  else if (message.type === 'read') reads.push(message)
  else selections.push(message)
  soon()
})

function next(): void {
  due = false
  const selection = selections.shift()
  const read = selection === undefined ? reads.shift() : undefined
  if (selection !== undefined) attempt(selection.id, () => readSelected(selection.id, selection.selected))
  else if (read !== undefined) attempt(read.id, () => begin(read.id, read.work))
  if (selections.length > 0 || reads.length > 0) soon()
}

function soon(): void {
  if (due) return
  due = true
  setImmediate(next)
}

/** Makes drafts of a feed or of lines, and answers with their keys. */
function begin(id: number, work: FeedToRead | LinesToRead): void {
  if ('lines' in work) {
    const { keys, drafts } = draftsOfLines(work)
    begun.set(id, { at: work.at, drafts })
    send({ type: 'contents', id, contents: { keys } })
  } else {
    const { head, drafts } = draftsOf(work)
    begun.set(id, { at: work.at, drafts })
    send({ type: 'contents', id, contents: { head, keys: drafts.map(keyOf) } })
  }
}

function readSelected(id: number, selected: readonly Selected[]): void {
  const { at, drafts } = begun.get(id) as { at: number; drafts: StoryDraft[] }
  begun.delete(id)
  const { percolator } = (definitions as DefinitionKeeper).now()
  const stories = new Map<number, ReadStory>()
  for (const { index, source } of selected)
    stories.set(index, readStory(source, drafts[index] as StoryDraft, at, percolator))
  send({ type: 'stories', id, stories })
}

function attempt(id: number, work: () => void): void {
  Atomics.store(at, 0, id)
  try {
    work()
  } catch (error) {
    begun.delete(id)
    const message = error instanceof Error ? error.message : String(error)
    send({ type: 'failed', id, failure: { message, code: error instanceof FeedError ? error.code : null } })
  } finally {
    Atomics.store(at, 0, 0)
  }
}

/** What changed is patched as in the engine. It is compiled at once, while the first feeds are on their way. */
function define({ timeZone, rows: changed }: Extract<ToThread, { type: 'define' }>): void {
  rows = { ...rows, ...changed }
  definitions ??= keepDefinitions(
    { conceptRecords: () => rows.conceptRecords, themes: () => rows.themes, alerts: () => rows.alerts },
    // The engine keys those that cannot be read.
    { timeZone, log: () => undefined },
  )
  definitions.changed(...(Object.keys(changed) as (keyof DefinitionRows)[]))
  definitions.now()
}
