import type { EvidenceSpan } from '../../api/contract/common.ts'
import type {
  Histogram,
  Story,
  StoryCount,
  StoryFilter,
  StoryPage,
  ThemeTag,
  Verdict,
} from '../../api/contract/stories.ts'
import { localDayReader } from '../localTime.ts'
import { Problem } from '../problem.ts'
import { parseQuery } from '../query/language/parse.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import type { Subject } from '../query/match/subject.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { foldValue } from '../query/words/words.ts'
import { publishedOf } from '../store/docid.ts'
import { Steps } from '../store/search/steps.ts'
import type { StoryRecord } from '../store/stories.ts'
import { groundsOf } from '../themes/verdict.ts'
import { why } from '../themes/why.ts'
import { whyNot } from '../themes/whyNot.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import { EventDays, StoryDays } from './eventDays.ts'
import type { DoorParts } from './parts.ts'
import { atOnce, inSlices } from './slices.ts'
import { queryOf, rowsOf } from './storyRows.ts'

export interface Stories {
  /** Newest published first; '' lists everything. @throws QueryError */
  list(filter: StoryFilter): StoryPage
  /** Exact where that takes no longer than the budget, else a floor. */
  count(input: { query: string; exact?: boolean | undefined; events?: boolean | undefined }): StoryCount
  /** Exact, however long it takes; the engine answers others meanwhile. */
  countExactly(
    input: { query: string; events?: boolean | undefined },
    signal?: AbortSignal,
  ): Promise<StoryCount>
  /** Per local day, oldest first, without gaps. `events`: how many events the stories are of, too */
  histogram(input: { query: string; events?: boolean | undefined }): Histogram
  /** The same while the engine answers others; ends with the signal, as `countExactly` does. */
  histogramInSlices(
    input: { query: string; events?: boolean | undefined },
    signal?: AbortSignal,
  ): Promise<Histogram>
  /** @throws Problem NOT_FOUND */
  get(input: { id: number; query?: string | undefined }): Story
  /** The body's mark-up as published; '' for none. */
  html(id: number): string
  setRead(ids: readonly number[], read: boolean): void
  setStarred(id: number, starred: boolean): void
  setNote(id: number, note: string): void
  /** "not this theme" (-1), "also this theme" (1), or takes the correction back (0). */
  correct(id: number, theme: string, verdict: Verdict): void
  whyNot(id: number, theme: string): { why: string }
}

/** Mark-up that plain paragraphs do not show as well: links, lists, headings, pictures. */
const MORE_THAN_PARAGRAPHS = /<(?!(?:p|br|div|span|article|section)\b)[a-z]/i
/** How long a count may take where it need not be exact. */
const COUNT_BUDGET_MS = 120
/** Steps (store/search/steps.ts) of a page of a list: about a second where every story must be read. */
const LIST_STEPS = 50_000
/** Steps of what goes over the whole archive: a million stories are some two million where each must be read. */
const ARCHIVE_STEPS = 20_000_000

/** What an answer lacks whose steps were spent; undefined where they were not. */
const endedAfter = ({ isSpent, spent }: Steps, reached: string): string | undefined =>
  isSpent
    ? `The search was ended after ${spent.toLocaleString('en')} steps: ${reached}. Narrow it by a word that must occur, by a date or by fewer NEARs.`
    : undefined

interface Counted {
  readonly stories: number
  readonly events: number
}

type Parts = Pick<
  DoorParts,
  | 'together'
  | 'counts'
  | 'stories'
  | 'tags'
  | 'events'
  | 'settings'
  | 'themes'
  | 'alerts'
  | 'search'
  | 'changes'
  | 'retagging'
  | 'reindexing'
  | 'definitions'
  | 'now'
  | 'timeZone'
>

export function storyNoun(parts: Parts): Stories {
  const { stories, tags, alerts, search, changes, definitions, now, timeZone } = parts

  function mustGet(id: number): StoryRecord {
    const story = stories.get(id)
    if (story === undefined)
      throw new Problem('NOT_FOUND', 'This story is no longer there: its source or retention removed it.')
    return story
  }

  /** What concepts are called in the interface. */
  function labelOf(): (concept: string) => string {
    const labels = new Map(definitions().conceptRecords.map(({ name, label }) => [name, label]))
    return (name) => labels.get(name) ?? name
  }

  function tagsOf(story: StoryRecord): ThemeTag[] {
    const { percolator, themes } = definitions()
    const label = labelOf()
    const tokenised = tokenise(subjectOfRecord(story))
    return tags.of(story.id).flatMap((tag): ThemeTag[] => {
      const theme = themes.find((row) => row.id === tag.theme)
      if (theme === undefined || theme.kind === 'group') return []
      const { evidence, weighed } = percolator.explain(theme.id, tokenised, now())
      return [
        {
          theme: theme.key,
          name: theme.name,
          colour: theme.colour,
          score: tag.score,
          by: tag.byPerson ? 'person' : 'automatic',
          evidence,
          why: tag.byPerson
            ? `You said that this story belongs to ${theme.name}.`
            : why(theme.name, tag.score, evidence, tokenised, groundsOf(weighed, label)),
        },
      ]
    })
  }

  const themeOf = (row: number) => definitions().themes.find(({ id }) => id === row)

  /** A story with every field that a query can name. */
  function subjectOf(story: StoryRecord): Subject {
    const keys = tags.of(story.id).flatMap(({ theme }) => {
      const row = themeOf(theme)
      return row === undefined ? [] : [row.key, row.name.toLowerCase(), foldValue(row.name)]
    })
    return {
      ...subjectOfRecord(story),
      themes: new Set(keys),
      alerts: new Set(alerts.named(story.id).map(foldValue)),
      event: parts.events.of(story.docid) ?? undefined,
    }
  }

  /**
   * Why the query listed this story. Since then the reader may have opened, starred or noted it, and the clock has moved
   * on: where the query no longer holds for that alone, it is read as it stood before.
   */
  function evidenceOf(story: StoryRecord, text: string): EvidenceSpan[] {
    const { concepts, entities } = definitions()
    const evaluator = createEvaluator(queryOf(parts, text), { concepts, entities, timeZone })
    const { fields, subject } = tokenise(subjectOf(story))
    for (const at of [now(), story.published])
      for (const state of [{}, ...READER_STATES]) {
        const before = { fields, subject: { ...subject, ...state } }
        if (evaluator.matches(before, at)) return evaluator.evidence(before, at)
      }
    return []
  }

  function conceptsOf(story: StoryRecord): Story['concepts'] {
    const found = parts.definitions().entitiesIn(tokenise(subjectOfRecord(story)), now())
    const details = new Map(parts.definitions().conceptRecords.map((concept) => [concept.name, concept]))
    return found
      .flatMap(({ name, count }) => {
        const concept = details.get(name)
        return concept === undefined || concept.type === 'topic'
          ? []
          : [{ name, label: concept.label, type: concept.type, count }]
      })
      .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label))
  }

  /** What an answer may lack for now. */
  function lacking(ended?: string): { incomplete?: string } {
    const incomplete = ended ?? parts.reindexing.incomplete()
    return incomplete === undefined ? {} : { incomplete }
  }

  /** Yields between two steps, returns the days. */
  function* daysOf(query: string, events: boolean, steps: Steps): Generator<unknown, Histogram['days']> {
    if (query.trim() === '') return events ? yield* allEventDays() : allDays()
    return yield* events ? eventDays(query, steps) : storyDays(query, steps)
  }

  /** All stories, by the counts that are kept. */
  function allDays(): Histogram['days'] {
    const days = new StoryDays()
    for (const [day, n] of parts.counts.byDay()) days.add(day, n)
    return days.days()
  }

  function* allEventDays(): Generator<void, Histogram['days']> {
    const days = new EventDays(parts.events.highest())
    for (const [day, n] of parts.counts.byDay()) {
      const several = parts.counts.eventsOfDay(day)
      const alone = several.reduce((left, [, told]) => left - told, n)
      days.addStories(day, n, alone)
      for (const [event] of several) days.addEvent(day, event)
      yield
    }
    return days.days()
  }

  function* storyDays(query: string, steps: Steps): Generator<void, Histogram['days']> {
    const days = new StoryDays()
    for (const [day, n] of yield* search.histogramInSteps(queryOf(parts, query), steps)) days.add(day, n)
    return days.days()
  }

  function* eventDays(query: string, steps: Steps): Generator<void, Histogram['days']> {
    const days = new EventDays(parts.events.highest())
    const dayOf = localDayReader(timeZone)
    for (const found of search.eventsInSteps(queryOf(parts, query), steps)) {
      for (const [docid, event] of found) {
        const day = dayOf(publishedOf(docid))
        days.addStories(day, 1, event === null ? 1 : 0)
        if (event !== null) days.addEvent(day, event)
      }
      yield
    }
    return days.days()
  }

  function everything(events: boolean): StoryCount {
    const all = stories.count()
    return { stories: all, exact: true, ...(events ? { events: all - parts.events.repeats() } : {}) }
  }

  /** Yields what was counted so far, returns the whole. */
  function* storiesAndEvents(query: string, steps: Steps): Generator<Counted, Counted> {
    const seen = new Set<number>()
    let [all, alone] = [0, 0]
    for (const found of search.eventsInSteps(queryOf(parts, query), steps)) {
      all += found.length
      for (const [, event] of found)
        if (event === null) alone++
        else seen.add(event)
      yield { stories: all, events: alone + seen.size }
    }
    return { stories: all, events: alone + seen.size }
  }

  return {
    list({ query, limit, cursor }) {
      const steps = new Steps(LIST_STEPS)
      const page = search.list(queryOf(parts, query), { limit, cursor, steps })
      const ended = page.next !== null && page.rows.length < limit
      return {
        rows: rowsOf(
          parts,
          page.rows.map(({ id }) => id),
        ),
        next: page.next,
        ...lacking(ended ? endedAfter(steps, 'older stories were not looked at yet') : undefined),
      }
    },
    count({ query, exact, events }) {
      if (query.trim() === '') return everything(events === true)
      if (events === true) {
        const end = exact === true ? Infinity : performance.now() + COUNT_BUDGET_MS
        for (const steps = storiesAndEvents(query, new Steps(ARCHIVE_STEPS)); ; ) {
          const { value, done } = steps.next()
          if (done === true) return { ...value, exact: true, ...lacking() }
          if (performance.now() > end) return { ...value, exact: false, ...lacking() }
        }
      }
      const count = search.count(queryOf(parts, query), exact === true ? {} : { budgetMs: COUNT_BUDGET_MS })
      return { ...count, ...lacking() }
    },
    async countExactly({ query, events }, signal) {
      if (query.trim() === '') return everything(events === true)
      const steps = new Steps(ARCHIVE_STEPS)
      if (events === true) {
        const both = await inSlices(storiesAndEvents(query, steps), signal)
        const short = endedAfter(steps, 'there are at least so many stories and events')
        return { ...both, exact: short === undefined, ...lacking(short) }
      }
      const counted = await inSlices(search.countInSteps(queryOf(parts, query), steps), signal)
      const ended = endedAfter(steps, 'there are at least so many stories')
      return { stories: counted, exact: ended === undefined, ...lacking(ended) }
    },
    histogram({ query, events }) {
      const days = atOnce(daysOf(query, events === true, new Steps(ARCHIVE_STEPS)))
      return { days, ...lacking() }
    },
    async histogramInSlices({ query, events }, signal) {
      const steps = new Steps(ARCHIVE_STEPS)
      const days = await inSlices(daysOf(query, events === true, steps), signal)
      return { days, ...lacking(endedAfter(steps, 'older stories were not counted')) }
    },
    get({ id, query }) {
      const story = mustGet(id)
      const [row] = rowsOf(parts, [id])
      if (row === undefined) throw new Problem('NOT_FOUND', 'This story is no longer there.')
      return {
        ...row,
        summary: story.summary,
        text: story.text,
        author: story.author,
        hasHtml: MORE_THAN_PARAGRAPHS.test(stories.html(id)),
        publishedStated: story.published_stated,
        note: story.note,
        tags: tagsOf(story),
        rejected: tags
          .corrections(id)
          .flatMap(({ theme, verdict }) => (verdict === -1 ? (themeOf(theme)?.key ?? []) : [])),
        concepts: conceptsOf(story),
        queryEvidence: query === undefined || query.trim() === '' ? [] : evidenceOf(story, query),
        versions: stories.versions(id),
        sameText: stories.sameText(id),
      }
    },
    html(id) {
      mustGet(id)
      return stories.html(id)
    },
    setRead(ids, read) {
      stories.setRead(ids, read)
      changes.emit({ type: 'state', stories: [...ids] })
    },
    setStarred(id, starred) {
      mustGet(id)
      stories.setStarred(id, starred)
      changes.emit({ type: 'state', stories: [id] })
    },
    setNote(id, note) {
      mustGet(id)
      stories.setNote(id, note.trim())
      changes.emit({ type: 'state', stories: [id] })
    },
    correct(id, key, verdict) {
      mustGet(id)
      const theme = parts.themes.byKey(key)
      if (theme.kind === 'group')
        throw new Problem('INVALID', `“${theme.name}” is a group: correct one of its themes instead.`)
      parts.together(() => {
        tags.correct(id, theme.id, verdict, now())
        parts.retagging.story(id)
      })
      changes.emit({ type: 'state', stories: [id] })
      changes.emit({ type: 'themes' })
    },
    whyNot(id, key) {
      const story = mustGet(id)
      const theme = parts.themes.byKey(key)
      if (tags.corrections(id).some((c) => c.theme === theme.id && c.verdict === -1))
        return { why: `You said that this story does not belong to ${theme.name}.` }
      const { concepts } = definitions()
      const { query } = parseQuery(theme.query, { use: 'theme', concepts })
      return {
        why: whyNot(
          { key: theme.key, name: theme.name, query, threshold: theme.threshold },
          tokenise(subjectOfRecord(story)),
          {
            concepts,
            timeZone,
            now: now(),
            label: labelOf(),
          },
        ),
      }
    },
  }
}

/** Whatever the reader's state may have been. */
const READER_STATES = [false, true].flatMap((read) =>
  [false, true].flatMap((starred) => [false, true].map((note) => ({ read, starred, note }))),
)
