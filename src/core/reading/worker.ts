/** The reading thread: an entry of its own (thread.ts starts it; the desktop app bundles it). It knows no database. */
import { parentPort, workerData } from 'node:worker_threads'
import { createStoryReader, type StoryReader } from '../events/clusters/readStory.ts'
import { FeedError } from '../feeds/feed.ts'
import { lookAt } from '../feeds/find/look.ts'
import { readPage } from '../feeds/find/page.ts'
import { free } from '../feeds/free.ts'
import type { StoryDraft } from '../story.ts'
import { type DefinitionKeeper, type DefinitionRows, keepDefinitions } from '../watch/definitions.ts'
import { draftsOf, draftsOfLines, keyOf, type Wanted } from './drafts.ts'
import type { FromThread, ToThread } from './messages.ts'
import { type ReadStory, readStory } from './readStory.ts'

const port = parentPort
if (port === null) throw new Error('This file is a thread of the engine, not a program.')

/** The number of what is being read, for the engine's thread to see when this one ends without a word. */
const at = workerData as Int32Array
const send = (message: FromThread, moved: ArrayBufferLike[] = []): void =>
  port.postMessage(message, moved as ArrayBuffer[])
/** Drafts of what was begun, until it is closed. */
const begun = new Map<number, { at: number; drafts: readonly (StoryDraft | undefined)[] }>()
let rows: DefinitionRows = { conceptRecords: [], themes: [], alerts: [] }
let definitions: DefinitionKeeper | undefined
let readText: StoryReader | undefined

type Beginning = Extract<ToThread, { type: 'read' | 'look' | 'page' }>
/** Stories that are asked for come before feeds that are not begun: the engine waits for what is begun. Events come last. */
const beginnings: Beginning[] = []
const requests: Extract<ToThread, { type: 'stories' }>[] = []
const archived: Extract<ToThread, { type: 'texts' }>[] = []
let due = false

port.on('message', (message: ToThread) => {
  if (message.type === 'define') define(message)
  else if (message.type === 'close') begun.delete(message.id)
  else if (message.type === 'stories') requests.push(message)
  else if (message.type === 'texts') archived.push(message)
  else beginnings.push(message)
  soon()
})

function next(): void {
  due = false
  const request = requests.shift()
  const beginning = request === undefined ? beginnings.shift() : undefined
  const texts = request === undefined && beginning === undefined ? archived.shift() : undefined
  if (request !== undefined) attempt(request.id, () => readStories(request.id, request.wanted))
  else if (beginning !== undefined) {
    attempt(beginning.id, () => begin(beginning))
    // What was moved here has gone back; a copy is not needed any more.
    if ('body' in beginning.work) free(beginning.work.body)
  } else if (texts !== undefined) attempt(texts.id, () => readTexts(texts))
  if (requests.length > 0 || beginnings.length > 0 || archived.length > 0) soon()
}

function soon(): void {
  if (due) return
  due = true
  setImmediate(next)
}

/** Reads a page or what a feed is; or makes drafts of a feed or of lines, and answers with their keys. */
function begin(beginning: Beginning): void {
  const { id } = beginning
  if (beginning.type === 'look') send({ type: 'looked', id, look: lookAt(beginning.work) })
  else if (beginning.type === 'page') send({ type: 'page', id, candidates: readPage(beginning.work) })
  else if ('lines' in beginning.work) {
    const { keys, drafts } = draftsOfLines(beginning.work)
    begun.set(id, { at: beginning.work.at, drafts })
    send({ type: 'contents', id, contents: { keys } })
  } else {
    const { body } = beginning.work
    const { head, drafts } = draftsOf(beginning.work)
    begun.set(id, { at: beginning.work.at, drafts })
    const contents = { head, keys: drafts.map(keyOf) }
    if (beginning.isMoved === true) send({ type: 'contents', id, contents, body }, [body.buffer])
    else send({ type: 'contents', id, contents })
  }
}

function readStories(id: number, wanted: readonly Wanted[]): void {
  const { at, drafts } = begun.get(id) as { at: number; drafts: StoryDraft[] }
  const { percolator } = (definitions as DefinitionKeeper).now()
  const stories = new Map<number, ReadStory>()
  for (const { index, source, fetched } of wanted)
    stories.set(index, readStory(source, drafts[index] as StoryDraft, fetched, at, percolator))
  send({ type: 'stories', id, stories })
}

function readTexts({ id, texts, concepts }: Extract<ToThread, { type: 'texts' }>): void {
  if (concepts !== undefined) readText = createStoryReader(concepts)
  const read = readText as StoryReader
  send({ type: 'readings', id, readings: texts.map((text) => read(text)) })
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
