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
import type { FrequencyOf } from './documentFrequency.ts'
import { dateFilter, type Filter, type KeywordField, stateFilter, valueFilter } from './filters.ts'
import { chainMatches, chainOccurrences, type Link } from './near.ts'
import { fieldOf, type Occurrence, sorted } from './occurrence.ts'
import type { Postings } from './postings.ts'
import {
  allOf,
  inOneField,
  NO_REQUIREMENTS,
  noneOf,
  oneTerm,
  type Requirements,
  someOf,
} from './requirements.ts'
import { areApart, outside } from './spans.ts'
import { type EvaluationContext, entityConcepts, type Subject } from './subject.ts'
import type { TermIndex } from './termIndex.ts'
import { windowOccurrences, windowShape, windows } from './window.ts'

/** What a compiled query is evaluated on: the postings of a story, the story itself, and the clock (epoch ms). */
export interface Run {
  readonly postings: Postings
  readonly subject: Subject
  readonly now: number
}

/** Bits of the fields in scope: title 1, summary 2, text 4. */
type Fields = number
const ALL: Fields = 7
const BIT: Record<TextField, Fields> = { title: 1, summary: 2, text: 4 }

/** What a query is compiled with. Compile again when one of them changes. */
export type CompileContext = Pick<EvaluationContext, 'concepts' | 'timeZone' | 'entities'>

/** A query over term ids. */
export interface Compiled {
  /** Every term it uses: to be released with the query. */
  readonly terms: readonly number[]
  /** Which terms must occur for a match. */
  requirements(frequencyOf: FrequencyOf): Requirements
  matches(run: Run): boolean
  /** The occurrences that made it match; only for a story that matches. */
  evidence(run: Run): Occurrence[]
}

interface Node {
  matches(run: Run, fields: Fields): boolean
  collect(run: Run, fields: Fields, into: Collected): void
  /** Which terms must occur for it to match a whole story. */
  requirements(frequencyOf: FrequencyOf): Requirements
}

/** What made a query match. */
interface Collected {
  /** Terms with the fields in which they count: one that a query has a hundred times occurs no more often for that. */
  readonly terms: Map<Positional, Fields>
  readonly occurrences: Occurrence[]
}

/** A node that occurs at positions: a term or a group of terms. */
interface Positional extends Node {
  occurrences(run: Run, fields: Fields): readonly Occurrence[]
}

/** Compiles a query against a term index shared with other queries. Concepts are looked up now: recompile when they change. */
export function compile(query: Query, index: TermIndex, context: CompileContext): Compiled {
  const terms: number[] = []
  const used = (id: number): number => {
    terms.push(id)
    return id
  }
  const root = node(query, {
    context,
    known: new Map(),
    term: (words) => used(index.add(words)),
    synonyms: (key, forms) => used(index.addSet(key, () => forms)),
    keyword: (field, value) => used(index.addKeyword(field, value)),
  })
  return {
    terms,
    requirements: root.requirements,
    matches: (run) => root.matches(run, ALL),
    evidence(run) {
      const into: Collected = { terms: new Map(), occurrences: [] }
      root.collect(run, ALL, into)
      for (const [term, fields] of into.terms) addAll(term.occurrences(run, fields), into.occurrences)
      return sorted(into.occurrences)
    },
  }
}

/** Where a query's nodes get the ids of their terms. */
interface Making {
  term(words: WordsTerm): number
  synonyms(key: string, forms: readonly WordsTerm[]): number
  keyword(field: KeywordField, value: string): number
  /** By their ids: terms that the query has already. */
  readonly known: Map<number, Positional>
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
      if (query.field === 'theme' || query.field === 'alert' || query.field === 'event')
        return filter(valueFilter(query))
      return keyword(making.keyword(query.field, query.value))
    case 'state':
      return filter(stateFilter(query))
    case 'date':
      return filter(dateFilter(query, making.context.timeZone))
  }
}

/** A text can hold more occurrences than a call takes arguments. */
function addAll(list: readonly Occurrence[], into: Occurrence[]): void {
  for (const occurrence of list) into.push(occurrence)
}

const inScope = (list: readonly Occurrence[], fields: Fields): readonly Occurrence[] =>
  fields === ALL ? list : list.filter((o) => ((1 << fieldOf(o)) & fields) !== 0)

function positional(parts: Pick<Positional, 'occurrences' | 'matches' | 'requirements'>): Positional {
  const made: Positional = {
    ...parts,
    collect: (_run, fields, { terms }) => void terms.set(made, (terms.get(made) ?? 0) | fields),
  }
  return made
}

/** The term of an id: one node, however often a query has it. */
function once(id: number, { known }: Making, make: () => Positional): Positional {
  const made = known.get(id) ?? make()
  known.set(id, made)
  return made
}

function term(query: Term, making: Making): Positional {
  if (query.type === 'concept') return concept(query, making)
  const id = making.term(query)
  return once(id, making, () =>
    positional({
      matches: (run, fields) => (run.postings.fieldsOf(id) & fields) !== 0,
      occurrences: (run, fields) => inScope(run.postings.of(id), fields),
      requirements: (frequencyOf) => oneTerm(id, frequencyOf),
    }),
  )
}

/** Where forms of a concept occur but not as part of an exception. */
export function withoutExceptions(postings: Postings, forms: number, except: number): readonly Occurrence[] {
  const list = postings.of(forms)
  if (list.length === 0) return list
  const out = postings.of(except)
  return out.length === 0 ? list : outside(list, out)
}

function concept(query: ConceptTerm, making: Making): Positional {
  const known = making.context.concepts.get(query.name)
  const forms = making.synonyms(`@${query.name}`, known?.forms ?? [])
  const except = making.synonyms(`@${query.name} except`, known?.except ?? [])
  const occurrences: Positional['occurrences'] = (run, fields) =>
    inScope(withoutExceptions(run.postings, forms, except), fields)
  return once(forms, making, () =>
    positional({
      matches: (run, fields) =>
        (run.postings.fieldsOf(forms) & fields) !== 0 &&
        (run.postings.fieldsOf(except) === 0 || occurrences(run, fields).length > 0),
      occurrences,
      requirements: (frequencyOf) => ({
        ...oneTerm(forms, frequencyOf),
        complete: (known?.except.length ?? 0) === 0,
      }),
    }),
  )
}

function group(query: TermGroup, making: Making): Positional {
  const members = query.of.map((member) => term(member, making))
  return positional({
    matches: (run, fields) => anyMatches(members, run, fields),
    occurrences: (run, fields) => sorted(members.flatMap((member) => member.occurrences(run, fields))),
    requirements: (frequencyOf) => someOf(requirementsOf(members, frequencyOf), 1, frequencyOf),
  })
}

const requirementsOf = (members: readonly Node[], frequencyOf: FrequencyOf): Requirements[] =>
  members.map((member) => member.requirements(frequencyOf))

function anyMatches(members: readonly Node[], run: Run, fields: Fields): boolean {
  for (const member of members) if (member.matches(run, fields)) return true
  return false
}

function allMatch(members: readonly Node[], run: Run, fields: Fields): boolean {
  for (const member of members) if (!member.matches(run, fields)) return false
  return true
}

function operand(query: Term | TermGroup, making: Making): Positional {
  return query.type === 'or' ? group(query, making) : term(query, making)
}

/** A chain of NEARs as one node: its operands are looked up once. */
function near(query: Near, making: Making): Node {
  const right: (Term | TermGroup)[] = []
  const links: Link[] = []
  let first: Near['left'] = query
  for (; first.type === 'near'; first = first.left) {
    right.push(first.right)
    links.push({ distance: first.distance, ordered: first.ordered })
  }
  const operands = [first, ...right.reverse()].map((part) => operand(part, making))
  links.reverse()
  const occurrences = (run: Run, fields: Fields) => operands.map((part) => part.occurrences(run, fields))
  return {
    requirements: (frequencyOf) => ({ ...allOf(requirementsOf(operands, frequencyOf)), complete: false }),
    matches: (run, fields) =>
      allMatch(operands, run, fields) && chainMatches(occurrences(run, fields), links),
    collect: (run, fields, into) => {
      if (allMatch(operands, run, fields))
        addAll(chainOccurrences(occurrences(run, fields), links), into.occurrences)
    },
  }
}

function window(query: Window, making: Making): Node {
  const shape = windowShape(query.words, query.distance)
  const words = shape.words.map((word) => term({ type: 'words', words: [word], exact: false }, making))
  const occurrences = (run: Run, fields: Fields) => words.map((word) => word.occurrences(run, fields))
  return {
    requirements: (frequencyOf) => ({ ...allOf(requirementsOf(words, frequencyOf)), complete: false }),
    matches: (run, fields) =>
      allMatch(words, run, fields) && windows(shape, occurrences(run, fields)).next().done !== true,
    collect: (run, fields, into) => {
      if (allMatch(words, run, fields))
        addAll(windowOccurrences(shape, occurrences(run, fields)), into.occurrences)
    },
  }
}

function count(of: Positional, atLeast: number): Node {
  return {
    requirements: (frequencyOf) => {
      const { all, complete } = of.requirements(frequencyOf)
      return { all, complete: atLeast === 1 && complete }
    },
    matches: (run, fields) =>
      of.matches(run, fields) && (atLeast === 1 || areApart(of.occurrences(run, fields), atLeast)),
    collect: of.collect,
  }
}

function any(members: readonly Node[], atLeast: number): Node {
  return {
    requirements: (frequencyOf) => someOf(requirementsOf(members, frequencyOf), atLeast, frequencyOf),
    matches(run, fields) {
      let have = 0
      for (const member of members) if (member.matches(run, fields) && ++have >= atLeast) return true
      return false
    },
    collect(run, fields, into) {
      for (const member of members) if (member.matches(run, fields)) member.collect(run, fields, into)
    },
  }
}

function and(members: readonly Node[]): Node {
  return {
    requirements: (frequencyOf) => allOf(requirementsOf(members, frequencyOf)),
    matches: (run, fields) => allMatch(members, run, fields),
    collect(run, fields, into) {
      for (const member of members) member.collect(run, fields, into)
    },
  }
}

function not(of: Node): Node {
  return {
    requirements: (frequencyOf) => noneOf(of.requirements(frequencyOf)),
    matches: (run, fields) => !of.matches(run, fields),
    collect() {},
  }
}

function inField(of: Node, field: Fields): Node {
  return {
    requirements: (frequencyOf) => inOneField(of.requirements(frequencyOf)),
    matches: (run) => of.matches(run, field),
    collect: (run, _fields, into) => of.collect(run, field, into),
  }
}

/** A filter on a value that the term index knows as a keyword. */
function keyword(id: number): Node {
  return {
    requirements: (frequencyOf) => oneTerm(id, frequencyOf),
    matches: (run) => run.postings.fieldsOf(id) !== 0,
    collect() {},
  }
}

function filter(test: Filter): Node {
  return { requirements: () => NO_REQUIREMENTS, matches: (run) => test(run.subject, run.now), collect() {} }
}
