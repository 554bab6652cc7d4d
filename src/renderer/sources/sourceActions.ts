import type { Source } from '../../api/contract/sources.ts'
import { client, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { nameOfSource } from './sourceName.ts'

const complain = (error: unknown): void => void toast(sentence(error), { bad: true })

/** Starts fetching every source; its progress shows in the status bar. */
export function refreshAll(): void {
  client.sources.refresh({}).catch(complain)
}

export function refreshSource(source: Source): void {
  client.sources.refresh({ id: source.id }).catch(complain)
}

export function setPaused(sources: readonly Source[], paused: boolean): void {
  client.sources.edit({ ids: sources.map(({ id }) => id), edit: { paused } }).catch(complain)
}

/** Removes sources one by one, with their stories, and says how much went. Stops at the first that fails. */
export async function removeSources(sources: readonly Source[]): Promise<void> {
  let removed = 0
  let stories = 0
  try {
    for (const { id } of sources) {
      stories += (await client.sources.remove({ id })).stories
      removed++
    }
  } catch (error) {
    complain(error)
  }
  const [first] = sources
  if (removed === 1 && first !== undefined)
    toast(t.sources.removed(nameOfSource(first), t.count.stories(stories)))
  else if (removed > 0) toast(t.sources.removedMany(t.count.sources(removed), t.count.stories(stories)))
}
