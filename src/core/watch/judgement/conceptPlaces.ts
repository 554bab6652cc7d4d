import type { Occurrence } from '../../query/match/occurrence.ts'
import type { Passage, Place } from './passage.ts'
import { SIDES } from './shapes.ts'

const OUTLETS = 'news-outlets'
const SIDE_CONCEPTS: ReadonlySet<string> = new Set(Object.values(SIDES))
const NONE: readonly Place[] = []

/** Which concepts occur in a story, and where. */
export interface StoryConcepts {
  /** The concepts that occur. */
  readonly names: readonly string[]
  occurrences(concept: string): readonly Occurrence[]
}

/** Where concepts stand in a passage of a story. */
export class ConceptPlaces {
  private readonly known = new Map<string, readonly Place[]>()
  private losing: string[] | undefined
  private readonly passage: Passage
  private readonly concepts: StoryConcepts

  constructor(passage: Passage, concepts: StoryConcepts) {
    this.passage = passage
    this.concepts = concepts
  }

  /** Places of a concept, in order. A side does not stand where it is part of an outlet's name: “US media”, “美媒”. */
  of(concept: string): readonly Place[] {
    const known = this.known.get(concept)
    if (known !== undefined) return known
    const occurrences = this.concepts.occurrences(concept)
    if (occurrences.length === 0) return NONE
    let places: readonly Place[] = this.passage.places(occurrences)
    if (places.length > 0 && SIDE_CONCEPTS.has(concept)) places = this.withoutOutlets(concept, places)
    this.known.set(concept, places)
    return places
  }

  /**
   * The sentence in which a concept stands first; -1 where it does not stand.
   * @param occurrences those of the concept, at least from the first that lies in the passage on
   */
  firstSentence(concept: string, occurrences: readonly Occurrence[]): number {
    return SIDE_CONCEPTS.has(concept)
      ? (this.of(concept)[0]?.sentence ?? -1)
      : this.passage.firstSentence(occurrences)
  }

  /** Places of a concept in a sentence. */
  in(concept: string, sentence: number): readonly Place[] {
    const places = this.of(concept)
    return places.length === 0 ? places : places.filter((place) => place.sentence === sentence)
  }

  /** True if a concept stands in a sentence. */
  has(concept: string, sentence: number): boolean {
    for (const place of this.of(concept)) if (place.sentence === sentence) return true
    return false
  }

  /** True if some of a side's places are only parts of outlets' names. */
  losesToOutlets(side: string): boolean {
    this.of(side)
    return this.losing?.includes(side) === true
  }

  private withoutOutlets(side: string, places: readonly Place[]): readonly Place[] {
    const outlets = this.of(OUTLETS)
    if (outlets.length === 0) return places
    const apart = this.passage.scale < 1 ? 1 : 0
    const kept = places.filter((place) =>
      outlets.every(
        (outlet) =>
          outlet.sentence !== place.sentence ||
          outlet.start - place.end > apart ||
          place.start - outlet.end > 0,
      ),
    )
    if (kept.length < places.length) this.losing = [...(this.losing ?? []), side]
    return kept
  }
}
