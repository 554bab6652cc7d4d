import { parseQuery } from '../query/language/parse.ts'
import type { Evidence } from '../query/match/subject.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { conceptBook } from '../watch/conceptBook.ts'
import { createPercolator } from '../watch/percolator.ts'
import { builtInPack } from './builtInPack.ts'
import { type Id, type LineProblem, type Moment, readStories } from './storyLines.ts'

export interface TaggedStory {
  readonly id: Id
  readonly themes: readonly {
    readonly id: string
    readonly score: number
    readonly evidence: readonly Evidence[]
  }[]
}

/**
 * Tags every story of a file with the themes of the built-in pack. Strongest theme first; evidence spans are UTF-16
 * offsets into the field as given.
 * @param report called for each line that cannot be used; the others are used
 * @throws Problem where the file cannot be read
 */
export async function* tagStories(
  file: string,
  moment: Moment,
  report: (problem: LineProblem) => void,
): AsyncGenerator<TaggedStory[]> {
  const pack = builtInPack()
  const concepts = conceptBook(pack.concepts)
  const percolator = createPercolator({ concepts, timeZone: moment.timeZone })
  for (const [place, { id, query, threshold, enabled, group }] of pack.themes.entries()) {
    if (!enabled) continue
    const read = parseQuery(query, { use: 'theme', concepts })
    percolator.setTheme({ id: place, key: id, query: read.query, threshold, group })
  }
  for await (const batch of readStories(file, moment, report))
    yield batch.map(({ id, subject }) => {
      const { story, tags } = percolator.match(tokenise(subject), moment.now)
      const themes = [...tags].map(([place, score]) => ({
        id: pack.themes[place]?.id ?? '',
        score: Number(score.toFixed(4)),
        evidence: percolator.explain(place, story, moment.now).evidence,
      }))
      return { id, themes: themes.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)) }
    })
}
