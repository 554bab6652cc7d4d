import type { ConceptUse } from '../../api/contract/themes.ts'
import { Problem } from '../problem.ts'
import type { Query } from '../query/language/ast.ts'
import { parseQuery, type Use } from '../query/language/parse.ts'
import { walk } from '../query/language/walk.ts'
import { foldValue } from '../query/words/words.ts'
import type { ConceptRecord, ThemeRecord } from '../store/themes.ts'
import type { Stores } from '../stores.ts'
import { wordList } from '../wordList.ts'
import { checkConcepts } from './conceptBook.ts'
import { conceptsWeighed } from './judgement/judge.ts'

type Parts = Pick<Stores, 'together' | 'themes' | 'alerts' | 'searches'>

/**
 * Keeps a concept as a person wrote it: empty and repeated forms are left out. Themes whose query reaches it, or that are judged
 * by it, directly or through other concepts, are stale afterwards; the caller re-tags.
 * @throws Problem INVALID: no label, no form, a form that cannot be read, an unknown concept, a circle
 */
export function saveConcept({ together, themes }: Parts, concept: ConceptRecord): ConceptRecord {
  const kept: ConceptRecord = {
    ...concept,
    label: concept.label.trim(),
    forms: listed(concept.forms),
    except: listed(concept.except),
    notes: concept.notes.trim(),
  }
  if (kept.label === '') throw new Problem('INVALID', 'The concept has no label: write what people call it.')
  if (kept.forms.length === 0)
    throw new Problem(
      'INVALID',
      `The concept “${kept.label}” has no form: write at least one word it stands for.`,
    )
  const others = themes.concepts().filter(({ name }) => name !== kept.name)
  checkConcepts([...others, kept])
  together(() => {
    themes.putConcept(kept, { edited: true })
    const reached = reaching(kept.name, [...others, kept])
    for (const theme of themesWith(named(reached, [...others, kept]), themes.all()))
      themes.update(theme.id, { stale: 1 })
  })
  return kept
}

/**
 * Takes a concept out.
 * @throws Problem NOT_FOUND; CONFLICT that names what still uses it
 */
export function removeConcept(parts: Parts, name: string, now: number): void {
  const found = parts.themes.concepts().find((concept) => concept.name === name)
  if (found === undefined) throw new Problem('NOT_FOUND', `There is no concept “${name}”.`)
  const { themes, concepts, alerts, searches } = conceptUse(parts, name)
  const users = [
    ...themes.map((one) => `the theme “${one.name}”`),
    ...concepts.map((one) => `the concept “${one.label}”`),
    ...alerts.map((one) => `the alert “${one.name}”`),
    ...searches.map((one) => `the saved search “${one.name}”`),
  ]
  if (users.length > 0)
    throw new Problem(
      'CONFLICT',
      `“${found.label}” is still used by ${listing(users)}: take @${name} out there first.`,
    )
  parts.themes.removeConcept(name, now)
}

/** What uses a concept directly: it cannot be removed while anything does. */
export function conceptUse({ themes, alerts, searches }: Parts, name: string): ConceptUse {
  const used = named(new Set([name]), themes.concepts())
  return {
    themes: themesWith(used, themes.all()).map(({ key, name: called }) => ({ id: key, name: called })),
    concepts: themes
      .concepts()
      .filter(({ forms }) => forms.includes(`@${name}`))
      .map((concept) => ({ name: concept.name, label: concept.label })),
    alerts: alerts
      .all()
      .filter(({ query }) => holds(query, 'alert', used))
      .map((alert) => ({ id: alert.id, name: alert.name })),
    searches: searches
      .saved()
      .filter(({ query }) => holds(query, 'search', used))
      .map((search) => ({ name: search.name, query: search.query })),
  }
}

/** The concept and all that include it, directly or through others. */
function reaching(name: string, concepts: readonly ConceptRecord[]): Set<string> {
  const found = new Set([name])
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const concept of concepts)
      if (concept.forms.some((form) => form.startsWith('@') && found.has(form.slice(1))))
        found.add(concept.name)
  }
  return found
}

/** How queries name concepts: `@name`, or `entity:` with the name or the label. */
interface Named {
  readonly names: ReadonlySet<string>
  readonly entities: ReadonlySet<string>
}

const named = (names: ReadonlySet<string>, concepts: readonly ConceptRecord[]): Named => ({
  names,
  entities: new Set(
    concepts
      .filter(({ name }) => names.has(name))
      .flatMap(({ name, label }) => [foldValue(name), foldValue(label)]),
  ),
})

const themesWith = (named: Named, rows: readonly ThemeRecord[]): ThemeRecord[] =>
  rows.filter(
    ({ kind, key, query }) =>
      kind === 'theme' &&
      (holds(query, 'theme', named) || conceptsWeighed(key).some((concept) => named.names.has(concept))),
  )

/** True if a stored query names one of the concepts. A query that cannot be read any more names none. */
function holds(text: string, use: Use, { names, entities }: Named): boolean {
  let query: Query
  try {
    query = parseQuery(text, { use }).query
  } catch {
    return false
  }
  let found = false
  walk(query, (node) => {
    if (node.type === 'concept') found ||= names.has(node.name)
    else if (node.type === 'filter' && node.field === 'entity') found ||= entities.has(node.value)
  })
  return found
}

const listed = (forms: readonly string[]): string[] => [
  ...new Set(forms.map((form) => form.trim()).filter((form) => form !== '')),
]

const SHOWN = 4
function listing(users: readonly string[]): string {
  const more = users.length - SHOWN
  const shown = users.slice(0, SHOWN)
  return more > 0 ? `${shown.join(', ')} and ${more} more` : wordList(shown)
}
