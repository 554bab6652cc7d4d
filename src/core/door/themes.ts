import type { Job } from '../../api/contract/common.ts'
import type {
  Concept,
  ConceptDraft,
  ConceptUse,
  PackImport,
  SavedConcept,
  SavedTheme,
  Theme,
  ThemeDraft,
  ThemeList,
  ThemePreview,
} from '../../api/contract/themes.ts'
import { Problem } from '../problem.ts'
import { parseQuery } from '../query/language/parse.ts'
import type { ThemeRecord } from '../store/themes.ts'
import { installPack } from '../themes/install.ts'
import { readPack, writePack } from '../themes/pack.ts'
import { FIRST_LOOK_MS, previewTheme, WHOLE_LOOK_MS } from '../themes/preview.ts'
import { conceptUse, removeConcept, saveConcept } from '../watch/conceptEditing.ts'
import type { DoorParts } from './parts.ts'
import { excerpt } from './storyRows.ts'

export interface Themes {
  list(): ThemeList
  concepts(): Concept[]
  /** What uses a concept directly. */
  conceptUse(name: string): ConceptUse
  /** Adds a concept, named after its label, or changes the one named. Re-tags with the themes that reach it. @throws Problem */
  saveConcept(draft: ConceptDraft): SavedConcept
  /** @throws Problem CONFLICT that names what still uses it */
  removeConcept(name: string): void
  /** From the newest stories, within a second; `thorough` goes on to the oldest. Rejects with QueryError, or with the signal's reason. */
  preview(
    draft: ThemeDraft,
    options?: { thorough?: boolean; signal?: AbortSignal | undefined },
  ): Promise<ThemePreview>
  /** Saves and re-tags the archive in the background; no job where the tags cannot change. */
  save(draft: ThemeDraft): SavedTheme
  remove(id: string): void
  /** Takes back the last removal of this theme. */
  restore(id: string): { job: Job | null }
  reorder(ids: readonly string[]): void
  exportPack(): { json: string }
  importPack(json: string): PackImport
}

type Parts = Pick<
  DoorParts,
  | 'alerts'
  | 'searches'
  | 'stories'
  | 'tags'
  | 'search'
  | 'scan'
  | 'timeZone'
  | 'together'
  | 'themes'
  | 'changes'
  | 'retagging'
  | 'mentioning'
  | 'reindexing'
  | 'definitions'
  | 'definitionsChanged'
  | 'now'
>

export function themeNoun(parts: Parts): Themes {
  const { together, themes, changes, now, retagging, mentioning, definitions, definitionsChanged } = parts

  const parse = (query: string) => {
    const { concepts } = definitions()
    return parseQuery(query, { use: 'theme', concepts }).query
  }

  function themeOf(
    row: ThemeRecord,
    rows: readonly ThemeRecord[],
    counts: ReadonlyMap<number, number>,
  ): Theme {
    return {
      id: row.key,
      name: row.name,
      description: row.description,
      group: rows.find(({ id }) => id === row.group_id)?.key ?? row.key,
      query: row.query,
      threshold: row.threshold,
      colour: row.colour,
      order: row.position,
      enabled: row.enabled === 1,
      stories: counts.get(row.id) ?? 0,
    }
  }

  function group(key: string): ThemeRecord {
    const row = themes.find(key)
    if (row === undefined || row.kind !== 'group')
      throw new Problem('INVALID', `There is no group “${key}”: choose one of the groups there are.`)
    return row
  }

  /** The group of this name, made where there is none. */
  function groupNamed(name: string): ThemeRecord {
    const rows = themes.all()
    const there = rows.find((row) => row.kind === 'group' && row.name.toLowerCase() === name.toLowerCase())
    if (there !== undefined) return there
    return themes.put({
      key: freeKey(name, (candidate) => themes.find(candidate) !== undefined, 'group'),
      kind: 'group',
      group_id: null,
      name,
      description: '',
      query: '',
      threshold: 0,
      colour: 0,
      position: Math.max(0, ...rows.map(({ position }) => position)) + 1,
      enabled: 1,
      edited: 1,
    })
  }

  function mustFind(key: string): ThemeRecord {
    const row = themes.byKey(key)
    if (row.kind !== 'theme') throw new Problem('INVALID', `“${row.name}” is a group, not a theme.`)
    return row
  }

  /** From now on stories are matched by the edited themes and concepts; the archive is re-tagged in the background. */
  function changed(...kinds: ('themes' | 'conceptRecords')[]): Job | null {
    definitionsChanged(...kinds)
    changes.emit({ type: 'themes' })
    mentioning.start()
    return retagging.stale()
  }

  return {
    list() {
      const rows = themes.all()
      const counts = themes.counts()
      return {
        groups: rows
          .filter(({ kind }) => kind === 'group')
          .map((row) => ({ id: row.key, name: row.name, colour: row.colour, order: row.position })),
        themes: rows.filter(({ kind }) => kind === 'theme').map((row) => themeOf(row, rows, counts)),
      }
    },
    concepts: () => themes.concepts(),
    conceptUse: (name) => conceptUse(parts, name),
    saveConcept(draft) {
      const taken = new Set(themes.concepts().map(({ name }) => name))
      const name = draft.name ?? freeKey(draft.label, (candidate) => taken.has(candidate), 'concept')
      const saved = saveConcept(parts, { ...draft, name })
      return { concept: saved, job: changed('conceptRecords', 'themes') }
    },
    removeConcept(name) {
      removeConcept(parts, name, now())
      changed('conceptRecords')
    },
    async preview(draft, { thorough = false, signal } = {}) {
      const saved = draft.id === undefined ? undefined : themes.find(draft.id)
      const preview = await previewTheme(
        parts,
        { query: parse(draft.query), threshold: draft.threshold },
        saved?.id ?? null,
        excerpt,
        { forMs: thorough ? WHOLE_LOOK_MS : FIRST_LOOK_MS, signal },
      )
      const incomplete = parts.reindexing.incomplete()
      return incomplete === undefined ? preview : { ...preview, incomplete }
    },
    save(draft) {
      parse(draft.query)
      const before = draft.id === undefined ? undefined : mustFind(draft.id)
      const newGroup = draft.newGroup?.trim() ?? ''
      const groupId = (newGroup === '' ? group(draft.group) : groupNamed(newGroup)).id
      const appearance = {
        name: draft.name.trim(),
        description: draft.description,
        colour: draft.colour,
        edited: 1,
      } as const
      const meaning = {
        query: draft.query,
        threshold: draft.threshold,
        group_id: groupId,
        enabled: draft.enabled ? 1 : 0,
      } as const
      let key = before?.key
      if (before === undefined) {
        key = freeKey(draft.name, (candidate) => themes.find(candidate) !== undefined)
        const position = Math.max(0, ...themes.all().map((row) => row.position)) + 1
        themes.put({ ...appearance, ...meaning, key, kind: 'theme', position })
      } else {
        const same = Object.entries(meaning).every(
          ([name, value]) => before[name as keyof typeof meaning] === value,
        )
        themes.update(before.id, { ...appearance, ...meaning, ...(same ? {} : { stale: 1 }) })
      }
      const job = changed('themes')
      const rows = themes.all()
      return { theme: themeOf(themes.byKey(key as string), rows, themes.counts()), job }
    },
    remove(id) {
      themes.update(mustFind(id).id, { removed_at: now(), stale: 1 })
      changed('themes')
    },
    restore(id) {
      themes.update(mustFind(id).id, { removed_at: null, stale: 1 })
      return { job: changed('themes') }
    },
    reorder(ids) {
      together(() => {
        ids.forEach((id, position) => {
          themes.update(themes.byKey(id).id, { position: position + 1 })
        })
      })
      definitionsChanged('themes')
      changes.emit({ type: 'themes' })
    },
    exportPack() {
      const rows = themes.all()
      const counts = new Map<number, number>()
      return {
        json: writePack({
          format: 'wirewatch-pack',
          version: 1,
          name: 'My themes',
          description: '',
          asOf: new Date(now()).toISOString().slice(0, 10),
          groups: rows
            .filter(({ kind }) => kind === 'group')
            .map((row) => ({ id: row.key, name: row.name, colour: row.colour, order: row.position })),
          themes: rows
            .filter(({ kind }) => kind === 'theme')
            .map((row) => {
              const { stories: _, ...theme } = themeOf(row, rows, counts)
              return theme
            }),
          concepts: themes.concepts(),
        }),
      }
    },
    importPack(json) {
      const pack = readPack(json)
      installPack(parts, pack, { byPerson: true })
      return {
        themes: pack.themes.length,
        concepts: pack.concepts.length,
        job: changed('conceptRecords', 'themes'),
      }
    },
  }
}

/** A short id from a name: "Arctic shipping" → "arctic-shipping", with a number where it is taken. */
function freeKey(name: string, taken: (key: string) => boolean, nameless = 'theme'): string {
  const plain =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || nameless
  if (!taken(plain)) return plain
  for (let n = 2; ; n++) if (!taken(`${plain}-${n}`)) return `${plain}-${n}`
}
