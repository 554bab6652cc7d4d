import type { Engine } from '../engine.ts'
import type { Query } from '../query/ast.ts'
import { isoDay, localDay } from '../query/localTime.ts'
import { createEvaluator } from '../query/matcher.ts'
import type { Evidence } from '../query/subject.ts'
import { type Tokenised, tokenise } from '../query/tokenise.ts'
import type { StoryRecord } from '../store/stories.ts'
import { subjectOfRecord } from '../storySubject.ts'
import { merged, score as scoreOf } from './tagger.ts'

export interface PreviewStory {
  id: number
  title: string
  excerpt: string
  source: string
  lang: string
  published: number
  score: number
  evidence: Evidence[]
}

/** What a theme would be over the archive, against what its tags are now. */
export interface ThemePreview {
  looked: number
  whole: boolean
  matches: number
  perDay: { day: string; stories: number }[]
  newest: PreviewStory[]
  added: PreviewStory[]
  addedCount: number
  removed: PreviewStory[]
  removedCount: number
  overlap: { theme: string; name: string; stories: number }[]
  tellingWords: { word: string; stories: number; lift: number }[]
  examples: { right: number; wrong: number; precision: number; recall: number } | null
}

/** A preview answers within a second: what is older than it gets to is left for the re-tag. */
const BUDGET_MS = 700
const STEP = 100
const SHOWN = 30
/** Newest matches whose words and other themes are looked at. */
const SAMPLE = 400
const WORDS = 24

/**
 * Looks at the archive, newest first, for as long as its budget lasts.
 * @param saved the row id of the theme as it is saved; null for a new one
 * @param excerpt cuts a text for a list
 */
export function previewTheme(
  engine: Engine,
  draft: { query: Query; threshold: number },
  saved: number | null,
  excerpt: (text: string) => string,
): ThemePreview {
  const { stories, tags, search, counts, timeZone, now } = engine
  const end = performance.now() + BUDGET_MS
  const evaluator = createEvaluator(draft.query, { concepts: engine.definitions().concepts, timeZone })
  const perDay = new Map<number, number>()
  const newest: PreviewStory[] = []
  const added: PreviewStory[] = []
  const sample: Tokenised[] = []
  const others = new Map<number, number>()
  const matched = new Set<number>()
  let addedCount = 0
  let cursor: string | undefined
  let from = Number.MAX_SAFE_INTEGER

  const judge = (story: StoryRecord): { tokenised: Tokenised; score: number; evidence: Evidence[] } => {
    const tokenised = tokenise(subjectOfRecord(story))
    const evidence = merged(evaluator.evidence(tokenised, now()))
    return { tokenised, score: scoreOf(evidence, tokenised), evidence }
  }
  const shown = (story: StoryRecord, score: number, evidence: Evidence[]): PreviewStory => ({
    id: story.id,
    title: story.title,
    excerpt: excerpt(story.summary || story.text),
    source: story.source_title,
    lang: story.lang,
    published: story.published,
    score,
    evidence,
  })

  do {
    const page = search.list(draft.query, { limit: STEP, ...(cursor === undefined ? {} : { cursor }) })
    for (const story of stories.many(page.rows.map(({ id }) => id))) {
      const { tokenised, score, evidence } = judge(story)
      if (score < draft.threshold) continue
      matched.add(story.id)
      const day = localDay(story.published, timeZone)
      perDay.set(day, (perDay.get(day) ?? 0) + 1)
      if (newest.length < SHOWN) newest.push(shown(story, score, evidence))
      const now = matched.size <= SAMPLE || saved !== null ? tags.of(story.id) : []
      if (matched.size <= SAMPLE) {
        sample.push(tokenised)
        for (const { theme } of now) others.set(theme, (others.get(theme) ?? 0) + 1)
      }
      if (saved !== null && !now.some(({ theme }) => theme === saved)) {
        addedCount++
        if (added.length < SHOWN) added.push(shown(story, score, evidence))
      }
    }
    from = page.next === null ? 0 : (page.rows.at(-1)?.docid ?? 0)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && performance.now() < end)

  const gone =
    saved === null ? [] : tags.storyIds(saved, from, Number.MAX_SAFE_INTEGER).filter((id) => !matched.has(id))
  const newestGone = stories
    .many(gone.slice(-SHOWN))
    .sort((a, b) => b.docid - a.docid)
    .map((story) => shown(story, 0, []))
  const rows = engine.definitions().themes
  return {
    looked: counts.storiesFrom(from),
    whole: from === 0,
    matches: matched.size,
    perDay: daysOf(perDay),
    newest,
    added,
    addedCount,
    removed: newestGone,
    removedCount: gone.length,
    overlap: [...others]
      .flatMap(([id, stories]) => {
        const theme = rows.find((row) => row.id === id)
        return theme === undefined || theme.kind === 'group' || id === saved
          ? []
          : [{ theme: theme.key, name: theme.name, stories }]
      })
      .sort((a, b) => b.stories - a.stories),
    tellingWords: tellingWords(sample, background(engine)),
    examples: saved === null ? null : examplesOf(saved),
  }

  /** The person's corrections as examples that the query gets right or wrong. */
  function examplesOf(theme: number): ThemePreview['examples'] {
    const verdicts = tags.corrected(theme)
    if (verdicts.length === 0) return null
    const said = new Map(verdicts.map(({ storyId, verdict }) => [storyId, verdict === 1]))
    let [truePositive, falsePositive, falseNegative, right] = [0, 0, 0, 0]
    for (const story of stories.many([...said.keys()])) {
      const { score, evidence } = judge(story)
      const found = evidence.length > 0 && score >= draft.threshold
      const wanted = said.get(story.id) === true
      if (found === wanted) right++
      if (found && wanted) truePositive++
      else if (found) falsePositive++
      else if (wanted) falseNegative++
    }
    const ratio = (part: number, rest: number): number => (part + rest === 0 ? 1 : part / (part + rest))
    return {
      right,
      wrong: said.size - right,
      precision: ratio(truePositive, falsePositive),
      recall: ratio(truePositive, falseNegative),
    }
  }
}

function background({ stories, search }: Engine): Tokenised[] {
  const { rows } = search.list({ type: 'date', op: 'after', value: '0001-01-01' }, { limit: SAMPLE })
  return stories.many(rows.map(({ id }) => id)).map((story) => tokenise(subjectOfRecord(story)))
}

/** Words in more of the matches than in stories at large: by how many times more (with one story added to each). */
function tellingWords(
  matches: readonly Tokenised[],
  others: readonly Tokenised[],
): ThemePreview['tellingWords'] {
  const here = frequencies(matches)
  const there = frequencies(others)
  const least = Math.max(2, matches.length / 20)
  return [...here]
    .filter(([word, n]) => n >= least && word.length > 1 && !/^\d+$/.test(word))
    .map(([word, stories]) => ({
      word,
      stories,
      lift: (stories + 1) / (matches.length + 1) / (((there.get(word) ?? 0) + 1) / (others.length + 1)),
    }))
    .filter(({ lift }) => lift > 1.5)
    .sort((a, b) => b.lift * Math.log1p(b.stories) - a.lift * Math.log1p(a.stories))
    .slice(0, WORDS)
    .map((word) => ({ ...word, lift: Math.round(word.lift * 10) / 10 }))
}

function frequencies(stories: readonly Tokenised[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const story of stories)
    for (const word of new Set(story.fields.flatMap(({ list }) => list.folded)))
      found.set(word, (found.get(word) ?? 0) + 1)
  return found
}

function daysOf(perDay: ReadonlyMap<number, number>): { day: string; stories: number }[] {
  const days = [...perDay.keys()].sort((a, b) => a - b)
  const first = days[0]
  const last = days.at(-1)
  if (first === undefined || last === undefined) return []
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    day: isoDay(first + i),
    stories: perDay.get(first + i) ?? 0,
  }))
}
