import type { ValueField } from '../language/ast.ts'
import type { EvaluationContext } from '../match/subject.ts'

/** What a translation into full text needs to know beside the query. */
export interface FtsContext extends Pick<EvaluationContext, 'concepts' | 'entities'> {
  /** Ids of the sources that a filter matches (`source: country: bloc: kind:`). */
  sources(field: SourceField, value: string): readonly number[]
  /** The words of the archive with a prefix; null where they are too many to list, or not known. */
  wordsFrom?(prefix: string): readonly string[] | null
  /** A NEAR of groups is expanded into at most so many pairs; above that it becomes a superset. */
  readonly mostPairs?: number
}

export type SourceField = Extract<ValueField, 'source' | 'country' | 'bloc' | 'kind'>
export const isSourceField = (field: ValueField): field is SourceField =>
  field === 'source' || field === 'country' || field === 'bloc' || field === 'kind'
