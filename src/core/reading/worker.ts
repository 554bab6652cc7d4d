/** The reading thread: an entry of its own (thread.ts starts it; the desktop app bundles it). It knows no database. */
import { parentPort } from 'node:worker_threads'
import { readDefinitions } from '../definitions.ts'
import { FeedError } from '../feeds/feed.ts'
import type { Percolator } from '../percolator.ts'
import type { StoryDraft } from '../story.ts'
import { type Arrived, draftsOf, nameOf } from './feed.ts'
import { type ReadStory, readStory } from './readStory.ts'
import type { DefinitionRows, FromThread, ToThread } from './thread.ts'

const port = parentPort
if (port === null) throw new Error('This file is a thread of the engine, not a program.')

const say = (message: FromThread): void => port.postMessage(message)
const held = new Map<number, { arrived: Arrived; drafts: readonly StoryDraft[] }>()
let percolator: Percolator | undefined

port.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'read':
      attempt(message.id, () => {
        const { head, drafts } = draftsOf(message.arrived)
        held.set(message.id, { arrived: message.arrived, drafts })
        say({ type: 'names', id: message.id, head, names: drafts.map(nameOf) })
      })
      return
    case 'define':
      percolator = percolatorOf(message.rows)
      return
    case 'wanted':
      attempt(message.id, () => {
        const { arrived, drafts } = held.get(message.id) as { arrived: Arrived; drafts: StoryDraft[] }
        held.delete(message.id)
        const stories = new Map<number, ReadStory>()
        for (const index of message.indexes)
          stories.set(
            index,
            readStory(arrived.source, drafts[index] as StoryDraft, arrived.at, percolator as Percolator),
          )
        say({ type: 'stories', id: message.id, stories })
      })
  }
})
say({ type: 'ready' })

function attempt(id: number, work: () => void): void {
  try {
    work()
  } catch (error) {
    held.delete(id)
    const message = error instanceof Error ? error.message : String(error)
    say({ type: 'failed', id, failure: { message, code: error instanceof FeedError ? error.code : null } })
  }
}

function percolatorOf({ timeZone, concepts, themes, alerts }: DefinitionRows): Percolator {
  return readDefinitions({
    timeZone,
    themes: { concepts: () => [...concepts], all: () => [...themes] },
    alerts: { all: () => [...alerts] },
  }).percolator
}
