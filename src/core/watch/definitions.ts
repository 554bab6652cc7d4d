import { parseQuery } from '../query/language/parse.ts'
import { createMatcher, type Matcher } from '../query/match/matcher.ts'
import type { ConceptBook } from '../query/match/subject.ts'
import type { Tokenised } from '../query/match/tokenise.ts'
import { foldValue } from '../query/words/words.ts'
import type { AlertRecord } from '../store/alerts.ts'
import type { ConceptRecord, ThemeRecord } from '../store/themes.ts'
import { conceptBook } from './conceptBook.ts'
import { createPercolator, type Percolator } from './percolator.ts'

/** The stored rows that definitions are made of. An array is replaced when its rows change, never altered. */
export interface DefinitionRows {
  /** Concepts as a person wrote them: labels, types, notes. */
  readonly conceptRecords: readonly ConceptRecord[]
  /** Themes and groups in their order. */
  readonly themes: readonly ThemeRecord[]
  readonly alerts: readonly WatchedAlert[]
}

/** What is watched of an alert. */
export type WatchedAlert = Pick<AlertRecord, 'id' | 'name' | 'query' | 'enabled'>

/** Concepts, themes and alerts: one state of them, which a later change does not alter but for the percolator and what is broken. */
export interface Definitions extends DefinitionRows {
  /** Concepts as queries use them. The same object for as long as no concept changes. */
  readonly concepts: ConceptBook
  /** The queries of all enabled themes and alerts. */
  readonly percolator: Percolator
  /** Row id of a theme's group, null for a group or a theme without one. */
  groupOf(theme: number): number | null
  /** Names of the concepts that `entity:` means: name or label folds to the value. */
  entities(value: string): string[]
  /** The persons, organisations and places that occur in a story, with the number of their occurrences. */
  entitiesIn(story: Tokenised, now: number): { name: string; count: number }[]
  /** Compiles the percolator a little a turn of the event loop: asked for before, it is compiled in one. */
  compiled(): Promise<void>
  /** Enabled themes and alerts whose query cannot be read (a concept is gone): they are left out of the percolator. */
  readonly broken: readonly Broken[]
}

export interface Broken {
  readonly kind: 'theme' | 'alert'
  /** Row id. */
  readonly id: number
  /** The theme's key, the alert's name. */
  readonly name: string
  readonly message: string
}

/** Holds the definitions of one archive, in step with what is stored. */
export interface DefinitionKeeper {
  /**
   * The definitions as they are stored now. Rows are read when first needed and after a change, and compiled when a concept
   * or the percolator is asked for: to list themes takes neither.
   * @throws Problem INVALID where the stored concepts contradict each other
   */
  now(): Definitions
  /** Rows of these kinds were written and committed. The one way in which any edit reaches those who match stories. */
  changed(...kinds: (keyof DefinitionRows)[]): void
}

/** How the rows of each kind are read. */
export type ReadRows = { readonly [kind in keyof DefinitionRows]: () => DefinitionRows[kind] }

/**
 * Themes and alerts that changed are replaced in the percolator one by one. A concept may stand in any query: where one
 * changed, everything is compiled anew.
 * @param log gets a line for each theme and alert that cannot be read, when that is found
 */
export function keepDefinitions(
  read: ReadRows,
  { timeZone, log }: { timeZone: string; log: (line: string) => void },
): DefinitionKeeper {
  const stale = new Set<keyof DefinitionRows>(['conceptRecords', 'themes', 'alerts'])
  let current: (Definitions & { readonly watching: Watching }) | undefined
  let logged = new Set<string>()

  function logNew(broken: readonly Broken[]): void {
    const lines = broken.map(({ name, message }) => `${name} cannot be read and is left out: ${message}`)
    for (const line of lines) if (!logged.has(line)) log(line)
    logged = new Set(lines)
  }

  function reread(): Definitions & { readonly watching: Watching } {
    const kept = <K extends keyof DefinitionRows>(kind: K): DefinitionRows[K] =>
      current === undefined || stale.has(kind) ? read[kind]() : current[kind]
    const rows = { conceptRecords: kept('conceptRecords'), themes: kept('themes'), alerts: kept('alerts') }
    const concepts =
      current === undefined || stale.has('conceptRecords')
        ? readConcepts(rows.conceptRecords, timeZone)
        : current
    const watching =
      concepts === current
        ? current.watching
        : watch(
            { concepts: concepts.concepts, timeZone, entityNames: entitiesOf(rows.conceptRecords) },
            logNew,
          )
    stale.clear()
    watching.set(rows)
    const groups = new Map(rows.themes.map(({ id, group_id }) => [id, group_id]))
    return {
      ...rows,
      concepts: concepts.concepts,
      entities: concepts.entities,
      entitiesIn: concepts.entitiesIn,
      groupOf: (id) => groups.get(id) ?? null,
      get percolator() {
        return watching.percolator
      },
      get broken() {
        return watching.broken
      },
      compiled: () => watching.compiled(),
      watching,
    }
  }

  return {
    now() {
      if (current === undefined || stale.size > 0) current = reread()
      return current
    },
    changed(...kinds) {
      for (const kind of kinds) stale.add(kind)
    },
  }
}

/** Persons, organisations and places. */
const entitiesOf = (records: readonly ConceptRecord[]): string[] =>
  records.filter(({ type }) => type !== 'topic').map(({ name }) => name)

/** What depends on the concepts alone. */
function readConcepts(
  conceptRecords: readonly ConceptRecord[],
  timeZone: string,
): Pick<Definitions, 'concepts' | 'entities' | 'entitiesIn'> {
  const concepts = conceptBook(conceptRecords)
  let finder: Matcher | undefined
  return {
    concepts,
    entities: (value) =>
      conceptRecords
        .filter(({ name, label }) => foldValue(name) === value || foldValue(label) === value)
        .map(({ name }) => name),
    entitiesIn(story, now) {
      if (finder === undefined) {
        finder = createMatcher({ concepts, timeZone })
        for (const name of entitiesOf(conceptRecords)) finder.set(name, { type: 'concept', name })
      }
      const all = finder
      return all.match(story, now).map((name) => ({ name, count: all.evidence(name, story, now).length }))
    },
  }
}

/** The percolator for one state of the concepts, and what could not be put into it. */
interface Watching {
  /** The themes and alerts that are to be watched from now on. They are compiled when the percolator is next asked for. */
  set(rows: Pick<DefinitionRows, 'themes' | 'alerts'>): void
  readonly percolator: Percolator
  readonly broken: readonly Broken[]
  /** Compiles a little a turn of the event loop, until all that is to be watched is. */
  compiled(): Promise<void>
}

function watch(
  context: { concepts: ConceptBook; timeZone: string; entityNames: readonly string[] },
  logNew: (broken: readonly Broken[]) => void,
): Watching {
  const { concepts } = context
  const percolator = createPercolator(context)
  const broken = new Map<string, Broken>()
  let rows: Pick<DefinitionRows, 'themes' | 'alerts'> = { themes: [], alerts: [] }
  let done = rows
  /** What the percolator holds or could not be given, by row id. */
  const themes = new Map<number, WatchedThemeRow>()
  const alerts = new Map<number, Watched>()

  /** Compares what is held with what is wanted, and sets or forgets what differs, one a step. */
  function* patch<W extends Watched>(
    kind: Broken['kind'],
    held: Map<number, W>,
    wanted: ReadonlyMap<number, W>,
    { before, set, forget }: Way<W>,
  ): Generator<void> {
    for (const id of held.keys()) {
      if (wanted.has(id)) continue
      forget(id)
      held.delete(id)
      broken.delete(`${kind} ${id}`)
    }
    for (const [id, watched] of wanted) {
      if (isSame(held.get(id), watched)) continue
      yield* withoutFailing(before(watched))
      // Others had their turns since.
      if (isSame(held.get(id), watched)) continue
      held.set(id, watched)
      try {
        set(id, watched)
        broken.delete(`${kind} ${id}`)
      } catch (error) {
        forget(id)
        broken.set(`${kind} ${id}`, { kind, id, name: watched.name, message: (error as Error).message })
      }
      yield
    }
  }

  /** Brings the percolator to what is wanted, in steps. Where something else is wanted meanwhile, others take the further ones. */
  function* steps(): Generator<void> {
    if (done === rows) return
    const wanted = rows
    const own = [
      patch('theme', themes, watchedThemes(wanted.themes), {
        before: ({ name }) => percolator.compiling(name),
        set(id, { name: key, text, threshold, group }) {
          const { query } = parseQuery(text, { use: 'theme', concepts })
          percolator.setTheme({ id, key, query, threshold, group })
        },
        forget: (id) => percolator.deleteTheme(id),
      }),
      patch('alert', alerts, watchedAlerts(wanted.alerts), {
        before: () => [],
        set: (id, { text }) => percolator.setAlert(id, parseQuery(text, { use: 'alert', concepts }).query),
        forget: (id) => percolator.deleteAlert(id),
      }),
    ]
    for (const some of own)
      for (const step of some) {
        yield step
        if (rows !== wanted) return
      }
    if (done === wanted) return
    done = wanted
    logNew([...broken.values()])
  }

  function bringUpToDate(): void {
    for (const _ of steps());
  }

  return {
    set(next) {
      rows = next
    },
    get percolator() {
      bringUpToDate()
      return percolator
    },
    get broken() {
      bringUpToDate()
      return [...broken.values()]
    },
    async compiled() {
      let end = performance.now() + SLICE_MS
      while (done !== rows)
        for (const _ of steps()) {
          if (performance.now() < end) continue
          await new Promise((resolve) => setImmediate(resolve))
          end = performance.now() + SLICE_MS
        }
    },
  }
}

function* withoutFailing(steps: Iterable<void>): Generator<void> {
  try {
    yield* steps
  } catch {}
}

/** A request of the page waits for one slice at most. */
const SLICE_MS = 12

/** How the percolator is told of themes or of alerts. */
interface Way<W> {
  /** What can be done before, in steps. What fails in it fails again when it is set. */
  before(watched: W): Iterable<void>
  set(id: number, watched: W): void
  forget(id: number): void
}

const isSame = <W extends Watched>(one: W | undefined, other: W): boolean =>
  one !== undefined && Object.keys(other).every((key) => one[key as keyof W] === other[key as keyof W])

/** What of a theme or an alert the percolator holds: where none of it changed, nothing is compiled. */
interface Watched {
  readonly name: string
  readonly text: string
}

interface WatchedThemeRow extends Watched {
  readonly threshold: number
  /** Its group's key, or ''. */
  readonly group: string
}

function watchedThemes(rows: readonly ThemeRecord[]): Map<number, WatchedThemeRow> {
  const keys = new Map(rows.map(({ id, key }) => [id, key]))
  return new Map(
    rows
      .filter(({ kind, enabled }) => kind === 'theme' && enabled === 1)
      .map(({ id, key, query, threshold, group_id }) => {
        const group = (group_id !== null && keys.get(group_id)) || ''
        return [id, { name: key, text: query, threshold, group }]
      }),
  )
}

const watchedAlerts = (rows: readonly WatchedAlert[]): Map<number, Watched> =>
  new Map(
    rows.filter(({ enabled }) => enabled === 1).map(({ id, name, query }) => [id, { name, text: query }]),
  )
