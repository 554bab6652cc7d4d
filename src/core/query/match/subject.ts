import type { TextField, WordsTerm } from '../language/ast.ts'
import { foldValue } from '../words/words.ts'

/** What a query is evaluated on: a story as the matcher sees it. Times are epoch milliseconds. */
export interface Subject {
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly url?: string | undefined
  readonly author?: string | undefined
  /** BCP 47, lower case; `lang:zh` matches `zh-cn`. */
  readonly lang?: string | undefined
  /** null: matches no date filter. */
  readonly published: number | null
  readonly fetched?: number | undefined
  readonly source?: SubjectSource | undefined
  /** Copy, reader's state and tags; absent in streaming without a database. */
  readonly copy?: boolean | undefined
  readonly read?: boolean | undefined
  readonly starred?: boolean | undefined
  readonly note?: boolean | undefined
  /** Keys and lower-case names of its themes and their groups, as `theme:` names them. */
  readonly themes?: ReadonlySet<string> | undefined
  /** Names of the alerts it hit, folded like words. */
  readonly alerts?: ReadonlySet<string> | undefined
  /** The number of its event. */
  readonly event?: number | undefined
}

export interface SubjectSource {
  readonly title: string
  readonly language?: string | undefined
  readonly country?: string | undefined
  readonly bloc?: string | undefined
  readonly kind?: string | undefined
}

/** A span in the original text of one field (UTF-16 offsets, end exclusive) that made a query match. */
export interface Evidence {
  readonly field: TextField
  readonly start: number
  readonly end: number
}

/** A concept as the engine uses it: an occurrence of a form counts unless it lies inside an occurrence of an exception. */
export interface CompiledConcept {
  readonly name: string
  readonly forms: readonly WordsTerm[]
  readonly except: readonly WordsTerm[]
}

/** Concepts by name. One is compiled when it is asked for. */
export type ConceptBook = Pick<ReadonlyMap<string, CompiledConcept>, 'get' | 'has' | 'keys'>

/** Inputs of every evaluation beside the story: the clock (epoch ms), an IANA time zone, and the concepts. */
export interface EvaluationContext {
  readonly now: number
  readonly timeZone: string
  readonly concepts: ConceptBook
  /** Names of the concepts that `entity:` means: label or name folds to the value. Without it, the name alone counts. */
  readonly entities?: ((value: string) => readonly string[]) | undefined
}

/** The concepts an `entity:` filter stands for: it matches where one of their forms occurs. */
export function entityConcepts(
  value: string,
  { concepts, entities }: Pick<EvaluationContext, 'concepts' | 'entities'>,
): readonly string[] {
  if (entities !== undefined) return entities(value)
  return [...concepts.keys()].filter((name) => foldValue(name) === value)
}
