import { printFilter } from '../../query/language/print.ts'
import type { ListedHit } from '../../store/hits.ts'
import type { DoorParts } from '../parts.ts'
import { queryOf } from '../storyRows.ts'
import { joinedQuery } from './narrowed.ts'

/** The alert hits on the stories that pass a filter, as the inbox lists them by the same query text. */
export interface FilteredHits {
  /** The newest of all that were not dismissed. */
  newest(most: number): readonly ListedHit[]
  /** How many are new. */
  unread(): number
}

/**
 * Finds them. Of a filter only the stories that alerts hit are looked at, so it takes as long as there are hits, not stories.
 * @param query query text; '' filters nothing
 * @throws QueryError
 */
export function filteredHits(
  parts: Pick<DoorParts, 'alerts' | 'hits' | 'search' | 'definitions'>,
  query: string,
): FilteredHits {
  const { hits } = parts
  if (query === '') return { newest: (most) => hits.newest('all', most), unread: () => hits.unseen() }
  const docids = docidsOf(parts, query)
  return {
    newest(most) {
      const found: ListedHit[] = []
      if (docids.size > 0)
        for (const hit of hits.list(null, 'all')) if (docids.has(hit.docid) && found.push(hit) === most) break
      return found
    },
    unread() {
      let unread = 0
      if (docids.size > 0) for (const { docid } of hits.list(null, 'new')) if (docids.has(docid)) unread++
      return unread
    },
  }
}

/** The stories that match a query and that an alert hit. */
function docidsOf(
  parts: Pick<DoorParts, 'alerts' | 'hits' | 'search' | 'definitions'>,
  query: string,
): ReadonlySet<number> {
  const hitting = new Set(parts.hits.totals().map(({ alert }) => alert))
  const names = parts.alerts.all().flatMap(({ id, name }) => (hitting.has(id) ? [name] : []))
  const docids = new Set<number>()
  if (names.length === 0) return docids
  const both = queryOf(parts, joinedQuery(printFilter('alert', names), query))
  for (const some of parts.search.docidsInSteps(both)) for (const docid of some) docids.add(docid)
  return docids
}
