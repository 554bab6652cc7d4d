import type { PreviewStory, ThemePreview } from '../../api/contract/themes.ts'
import type { Clock } from '../clock.ts'
import { isoDay, localDay } from '../localTime.ts'
import type { Query } from '../query/language/ast.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import { type Tokenised, tokenise } from '../query/match/tokenise.ts'
import type { ArchiveScan } from '../store/search/archiveScan.ts'
import type { Search } from '../store/search/search.ts'
import type { StoryRecord } from '../store/stories.ts'
import type { Stores } from '../stores.ts'
import type { Definitions } from '../watch/definitions.ts'
import { merged } from '../watch/mergedSpans.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import { betterThreshold, type CorrectedScore } from './threshold.ts'

/** A story that matches the draft, and its score. */
interface Match {
  readonly tokenised: Tokenised
  readonly score: number
}

/** A first preview answers within a second, from the newest stories. */
export const FIRST_LOOK_MS = 500
/** A thorough one goes on to the oldest story, but not longer than a person waits. */
export const WHOLE_LOOK_MS = 120_000
/** Time until other work may run. */
const SLICE_MS = 6
/** Stories of a stretch of the archive: short at first, so that there are results soon. */
const STRETCH = { first: 1024, longest: 131_072 }
/** Stories of each list. */
const SHOWN = 30
/** Newest matches that the telling words and overlaps are computed from. */
const SAMPLE = 200
/** Telling words. */
const WORDS = 24

export interface PreviewParts extends Pick<Stores, 'stories' | 'tags'>, Clock {
  readonly search: Search
  readonly scan: ArchiveScan
  readonly definitions: () => Definitions
}

/**
 * Previews a draft of a theme over the archive, newest first, for as long as its budget lasts. Other work runs between slices.
 * @param saved the row id of the theme as it is saved; null for a new one
 * @param excerpt cuts a text for a list
 * @param options the budget in ms, and a signal that ends it early
 * @throws the signal's reason
 */
export async function previewTheme(
  parts: PreviewParts,
  draft: { query: Query; threshold: number },
  saved: number | null,
  excerpt: (text: string) => string,
  { forMs = FIRST_LOOK_MS, signal }: { forMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<ThemePreview> {
  signal?.throwIfAborted()
  const { stories, tags, scan, timeZone, now } = parts
  const end = performance.now() + forMs
  const { concepts, themes } = parts.definitions()
  const evaluator = createEvaluator(draft.query, { concepts, timeZone })
  const { percolator } = parts.definitions()
  const key = themes.find(({ id }) => id === saved)?.key ?? ''
  const verdicts = new Map(
    saved === null ? [] : tags.corrected(saved).map(({ storyId, verdict }) => [storyId, verdict]),
  )
  const perDay = new Map<number, number>()
  const newest: PreviewStory[] = []
  const added: PreviewStory[] = []
  const removed: PreviewStory[] = []
  const sample: Tokenised[] = []
  const others = new Map<number, number>()
  let matches = 0
  let addedCount = 0
  let removedCount = 0
  let passed = 0
  let whole = false

  /** A story that the draft's query matches, with its score; else null. Few match: only those are read in full. */
  const candidate = (story: StoryRecord): Match | null => {
    const subject = subjectOfRecord(story)
    if (!evaluator.matches(evaluator.read(subject), now())) return null
    const tokenised = tokenise(subject)
    // The verdict is the percolator's: what is previewed is what a re-tag would do.
    const query = evaluator.occurrences(tokenised, now())
    const score = percolator.draftScore({ key, query: draft.query }, query, tokenised, now())
    return { tokenised, score }
  }
  const match = (story: StoryRecord): Match | null => {
    const found = candidate(story)
    return found === null || found.score < draft.threshold ? null : found
  }
  const shown = (story: StoryRecord, found: Match | null): PreviewStory => ({
    id: story.id,
    title: story.title,
    excerpt: excerpt(story.summary || story.text),
    source: story.source_title,
    lang: story.lang,
    published: story.published,
    score: found?.score ?? 0,
    evidence: found === null ? [] : merged(evaluator.evidence(found.tokenised, now())),
  })

  /** Counts a difference to the tag by the saved version. Stories that the person corrected keep their correction. */
  function compare(story: StoryRecord, was: boolean, found: Match | null): void {
    if (saved === null || verdicts.has(story.id) || was === (found !== null)) return
    if (found !== null) {
      addedCount++
      if (added.length < SHOWN) added.push(shown(story, found))
    } else {
      removedCount++
      if (removed.length < SHOWN) removed.push(shown(story, null))
    }
  }

  function look(docids: readonly number[]): void {
    const records = stories.at(docids)
    const had = tags.ofAll(records.map(({ id }) => id))
    for (const story of records) {
      const found = match(story)
      const mine = had.get(story.id) ?? []
      compare(
        story,
        mine.some(({ theme }) => theme === saved),
        found,
      )
      if (found === null) continue
      matches++
      const day = localDay(story.published, timeZone)
      perDay.set(day, (perDay.get(day) ?? 0) + 1)
      if (newest.length < SHOWN) newest.push(shown(story, found))
      if (sample.length === SAMPLE) continue
      sample.push(found.tokenised)
      for (const { theme } of mine) others.set(theme, (others.get(theme) ?? 0) + 1)
    }
  }

  const all = stories.count()
  let slice = performance.now() + SLICE_MS
  for (const step of scan.over([draft.query], saved === null ? [] : [saved], STRETCH)) {
    if (step !== null) {
      look(step.docids)
      passed = step.passed
      // What is older than the oldest story is not looked for.
      whole = step.from === 0 || passed === all
    }
    if (performance.now() > end) break
    if (performance.now() < slice) continue
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
    slice = performance.now() + SLICE_MS
  }
  const rows = parts.definitions().themes
  return {
    examined: passed,
    whole,
    matches,
    perDay: daysOf(perDay),
    newest,
    added,
    addedCount,
    removed,
    removedCount,
    overlap: [...others]
      .flatMap(([id, stories]) => {
        const theme = rows.find((row) => row.id === id)
        return theme === undefined || theme.kind === 'group' || id === saved
          ? []
          : [{ theme: theme.key, name: theme.name, stories }]
      })
      .sort((a, b) => b.stories - a.stories),
    tellingWords: tellingWords(sample, background(parts)),
    examples: examplesOf(),
  }

  /** The person's corrections as examples that the query gets right or wrong. */
  function examplesOf(): ThemePreview['examples'] {
    if (verdicts.size === 0) return null
    let [truePositive, falsePositive, falseNegative, right] = [0, 0, 0, 0]
    const corrected: CorrectedScore[] = []
    for (const story of stories.many([...verdicts.keys()])) {
      const score = candidate(story)?.score ?? null
      const found = score !== null && score >= draft.threshold
      const wanted = verdicts.get(story.id) === 1
      corrected.push({ score, belongs: wanted })
      if (found === wanted) right++
      if (found && wanted) truePositive++
      else if (found) falsePositive++
      else if (wanted) falseNegative++
    }
    const ratio = (part: number, rest: number): number => (part + rest === 0 ? 1 : part / (part + rest))
    return {
      right,
      wrong: verdicts.size - right,
      precision: ratio(truePositive, falsePositive),
      recall: ratio(truePositive, falseNegative),
      suggestion: betterThreshold(corrected, draft.threshold),
    }
  }
}

function background({ stories, search }: PreviewParts): Tokenised[] {
  const { rows } = search.list({ type: 'date', op: 'after', value: '0001-01-01' }, { limit: SAMPLE })
  return stories.many(rows.map(({ id }) => id)).map((story) => tokenise(subjectOfRecord(story)))
}

/** Words that more of the matches hold than of stories in general; `lift`: by which factor (one story added to each). */
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
