import type {
  ConceptTerm,
  Near,
  Query,
  Term,
  TermGroup,
  TextField,
  Window,
  WordsTerm,
} from '../language/ast.ts'
import { dateFilter, type Filter, type KnownField, stateFilter, valueFilter } from './filters.ts'
import { allOf, type Needs, NO_NEEDS, noneOf, oneLeaf, type RateOf, someOf, within } from './gates.ts'
import type { Found, LeafIndex, Occurrence } from './leaves.ts'
import { fieldOf, sorted } from './leaves.ts'
import { countApart, outside, pairs, windows } from './spans.ts'
import { type EvaluationContext, entityConcepts, type Subject } from './subject.ts'

/** What a compiled query is asked about: the leaves found in a story, the story, the clock, and the fields in scope. */
export interface Run {
  readonly found: Found
  readonly subject: Subject
  readonly now: number
}

/** Bits of the fields in scope: title 1, summary 2, text 4. */
type Fields = number
const ALL: Fields = 7
const BIT: Record<TextField, Fields> = { title: 1, summary: 2, text: 4 }

/** What a query is compiled with. Compile again when one of them changes. */
export type CompileContext = Pick<EvaluationContext, 'concepts' | 'timeZone' | 'entities'>

/** A query over leaf ids. */
export interface Compiled {
  /** Every leaf, union and mark it uses: to be released with the query. */
  readonly leaves: readonly number[]
  /** Which leaves must occur for a match. */
  needs(rateOf: RateOf): Needs
  matches(run: Run): boolean
  /** Occurrences of the leaves that made it match; only asked of a story that matches. */
  evidence(run: Run): Occurrence[]
}

interface Node {
  holds(run: Run, fields: Fields): boolean
  collect(run: Run, fields: Fields, into: Occurrence[]): void
  /** Which leaves must occur for it to hold in a whole story. */
  needs(rateOf: RateOf): Needs
}

/** Something with places: a term, a group of terms, or a NEAR of them. */
interface Placed extends Node {
  places(run: Run, fields: Fields): readonly Occurrence[]
  /** The leaves' occurrences behind one of its places. */
  explain(run: Run, fields: Fields, place: Occurrence, into: Occurrence[]): void
}

/** Compiles a query against a leaf index shared with other queries. Concepts are looked up now: recompile when they change. */
export function compile(query: Query, index: LeafIndex, context: CompileContext): Compiled {
  const leaves: number[] = []
  const leaf = (term: WordsTerm): number => {
    const id = index.add(term)
    leaves.push(id)
    return id
  }
  const union = (key: string, terms: readonly WordsTerm[]): number => {
    const id = index.addUnion(key, () => terms)
    leaves.push(id)
    return id
  }
  const mark = (field: KnownField, value: string): number => {
    const id = index.addMark(field, value)
    leaves.push(id)
    return id
  }
  const root = node(query, { leaf, union, mark, context })
  return {
    leaves,
    needs: root.needs,
    matches: (run) => root.holds(run, ALL),
    evidence(run) {
      const into: Occurrence[] = []
      root.collect(run, ALL, into)
      return sorted(into)
    },
  }
}

interface Making {
  leaf(term: WordsTerm): number
  union(key: string, terms: readonly WordsTerm[]): number
  mark(field: KnownField, value: string): number
  readonly context: CompileContext
}

function node(query: Query, making: Making): Node {
  switch (query.type) {
    case 'words':
    case 'concept':
      return term(query, making)
    case 'near':
      return near(query, making)
    case 'window':
      return window(query, making)
    case 'count':
      return count(term(query.of, making), query.atLeast)
    case 'any':
      return any(
        query.of.map((member) => node(member, making)),
        query.atLeast,
      )
    case 'and':
      return and(query.of.map((member) => node(member, making)))
    case 'or':
      return any(
        query.of.map((member) => node(member, making)),
        1,
      )
    case 'not':
      return not(node(query.of, making))
    case 'field':
      return inField(node(query.of, making), BIT[query.field])
    case 'filter':
      if (query.field === 'entity')
        return any(
          entityConcepts(query.value, making.context).map((name) =>
            concept({ type: 'concept', name }, making),
          ),
          1,
        )
      if (query.field === 'theme' || query.field === 'alert') return filter(valueFilter(query))
      return marked(making.mark(query.field, query.value))
    case 'state':
      return filter(stateFilter(query))
    case 'date':
      return filter(dateFilter(query, making.context.timeZone))
  }
}

const inScope = (list: readonly Occurrence[], fields: Fields): readonly Occurrence[] =>
  fields === ALL ? list : list.filter((o) => ((1 << fieldOf(o)) & fields) !== 0)

function placed(parts: Pick<Placed, 'places' | 'holds' | 'needs'>): Placed {
  return {
    ...parts,
    collect: (run, fields, into) => into.push(...parts.places(run, fields)),
    explain: (_run, _fields, place, into) => into.push(place),
  }
}

function term(query: Term, making: Making): Placed {
  if (query.type === 'concept') return concept(query, making)
  const id = making.leaf(query)
  return placed({
    holds: (run, fields) => (run.found.fieldsOf(id) & fields) !== 0,
    places: (run, fields) => inScope(run.found.of(id), fields),
    needs: (rateOf) => oneLeaf(id, rateOf),
  })
}

function concept(query: ConceptTerm, making: Making): Placed {
  const known = making.context.concepts.get(query.name)
  const forms = making.union(`@${query.name}`, known?.forms ?? [])
  const except = making.union(`@${query.name} except`, known?.except ?? [])
  const places: Placed['places'] = (run, fields) => {
    const list = run.found.of(forms)
    if (list.length === 0) return list
    const out = run.found.of(except)
    return inScope(out.length === 0 ? list : outside(list, out), fields)
  }
  return placed({
    holds: (run, fields) =>
      (run.found.fieldsOf(forms) & fields) !== 0 &&
      (run.found.fieldsOf(except) === 0 || places(run, fields).length > 0),
    places,
    needs: (rateOf) => ({ ...oneLeaf(forms, rateOf), decided: (known?.except.length ?? 0) === 0 }),
  })
}

function group(query: TermGroup, making: Making): Placed {
  const members = query.of.map((member) => term(member, making))
  return placed({
    holds: (run, fields) => anyHolds(members, run, fields),
    places: (run, fields) => sorted(members.flatMap((member) => member.places(run, fields))),
    needs: (rateOf) => someOf(needsOfEach(members, rateOf), 1, rateOf),
  })
}

const needsOfEach = (members: readonly Node[], rateOf: RateOf): Needs[] =>
  members.map((member) => member.needs(rateOf))

function anyHolds(members: readonly Node[], run: Run, fields: Fields): boolean {
  for (const member of members) if (member.holds(run, fields)) return true
  return false
}

function allHold(members: readonly Node[], run: Run, fields: Fields): boolean {
  for (const member of members) if (!member.holds(run, fields)) return false
  return true
}

function operand(query: Near['left'], making: Making): Placed {
  if (query.type === 'near') return near(query, making)
  if (query.type === 'or') return group(query, making)
  return term(query, making)
}

function near(query: Near, making: Making): Placed {
  const left = operand(query.left, making)
  const right = operand(query.right, making)
  const both = [left, right]
  const found = (run: Run, fields: Fields) => {
    if (!allHold(both, run, fields)) return []
    return pairs(left.places(run, fields), right.places(run, fields), query.distance, query.ordered)
  }
  const explain: Placed['explain'] = (run, fields, place, into) => {
    const pair = found(run, fields).find((p) => p.span === place)
    if (pair === undefined) return
    left.explain(run, fields, pair.left, into)
    right.explain(run, fields, pair.right, into)
  }
  return {
    needs: (rateOf) => ({ ...allOf(needsOfEach(both, rateOf)), decided: false }),
    places: (run, fields) => sorted(found(run, fields).map((pair) => pair.span)),
    holds: (run, fields) => found(run, fields).length > 0,
    explain,
    collect(run, fields, into) {
      for (const pair of found(run, fields)) {
        left.explain(run, fields, pair.left, into)
        right.explain(run, fields, pair.right, into)
      }
    },
  }
}

function window(query: Window, making: Making): Node {
  const words = query.words.map((word) => term({ type: 'words', words: [word], exact: false }, making))
  const found = (run: Run, fields: Fields) =>
    allHold(words, run, fields)
      ? windows(
          words.map((word) => word.places(run, fields)),
          query.distance,
        )
      : []
  return {
    needs: (rateOf) => ({ ...allOf(needsOfEach(words, rateOf)), decided: false }),
    holds: (run, fields) => found(run, fields).length > 0,
    collect: (run, fields, into) => into.push(...found(run, fields).flat()),
  }
}

function count(of: Placed, atLeast: number): Node {
  return {
    needs: (rateOf) => {
      const needs = of.needs(rateOf)
      return { all: needs.all, decided: atLeast === 1 && needs.decided }
    },
    holds: (run, fields) =>
      of.holds(run, fields) && (atLeast === 1 || countApart(of.places(run, fields)) >= atLeast),
    collect: of.collect,
  }
}

function any(members: readonly Node[], atLeast: number): Node {
  return {
    needs: (rateOf) => someOf(needsOfEach(members, rateOf), atLeast, rateOf),
    holds(run, fields) {
      let have = 0
      for (const member of members) if (member.holds(run, fields) && ++have >= atLeast) return true
      return false
    },
    collect(run, fields, into) {
      for (const member of members) if (member.holds(run, fields)) member.collect(run, fields, into)
    },
  }
}

function and(members: readonly Node[]): Node {
  return {
    needs: (rateOf) => allOf(needsOfEach(members, rateOf)),
    holds: (run, fields) => allHold(members, run, fields),
    collect(run, fields, into) {
      for (const member of members) member.collect(run, fields, into)
    },
  }
}

function not(of: Node): Node {
  return {
    needs: (rateOf) => noneOf(of.needs(rateOf)),
    holds: (run, fields) => !of.holds(run, fields),
    collect() {},
  }
}

function inField(of: Node, field: Fields): Node {
  return {
    needs: (rateOf) => within(of.needs(rateOf)),
    holds: (run) => of.holds(run, field),
    collect: (run, _fields, into) => of.collect(run, field, into),
  }
}

/** A filter on a value that the index looked up. */
function marked(id: number): Node {
  return {
    needs: (rateOf) => oneLeaf(id, rateOf),
    holds: (run) => run.found.fieldsOf(id) !== 0,
    collect() {},
  }
}

function filter(test: Filter): Node {
  return { needs: () => NO_NEEDS, holds: (run) => test(run.subject, run.now), collect() {} }
}
