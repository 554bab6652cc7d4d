import type {
  HitAct,
  HitFilter,
  HitSelection,
  HitUndo,
  HitState as StateName,
} from '../../api/contract/inbox.ts'
import type { Decision } from '../alerts/decide/decision.ts'
import type { Deciding } from '../alerts/deciding.ts'
import type { HitKey, HitRecord, HitStanding, HitState } from '../store/hits.ts'
import type { DoorParts } from './parts.ts'
import { inSlices } from './slices.ts'

/** What the person does to hits, each with what takes it back exactly. */
export interface Marks {
  mark(of: HitSelection, act: HitAct): Promise<{ hits: number; undo: HitUndo }>
  /** Hits that were changed again since stay as they are. */
  undo(undo: HitUndo): Promise<{ hits: number }>
}

/** By their number in the archive. */
export const STATES: Readonly<Record<HitState, StateName>> = {
  0: 'new',
  1: 'seen',
  2: 'snoozed',
  3: 'dismissed',
}
const NUMBERS: Readonly<Record<StateName, HitState>> = { new: 0, seen: 1, snoozed: 2, dismissed: 3 }

/** So many hits are changed in one transaction: whoever asks something meanwhile waits for no more. */
const AT_ONCE = 1000
const HOUR = 3_600_000
const SNOOZES: Readonly<Record<'hour' | 'day' | 'growth', number | null>> = {
  hour: HOUR,
  day: 24 * HOUR,
  growth: null,
}

type Parts = Pick<
  DoorParts,
  'hits' | 'events' | 'decisions' | 'together' | 'beginDeciding' | 'changes' | 'now'
>

type Refs = readonly { readonly alert: number; readonly stories: readonly number[] }[]

/** @param listed the hits of a filter */
export function hitMarks(parts: Parts, listed: (filter: HitFilter) => Promise<readonly HitKey[]>): Marks {
  const { hits, events, together, beginDeciding, changes, now } = parts

  const eventOf = ({ event }: HitRecord): number | null => (event === null ? null : events.goesOnAs(event))

  async function refsOf(of: HitSelection): Promise<Refs> {
    if ('hits' in of) return of.hits
    const byAlert = Map.groupBy(await listed(of.filter), ({ alert }) => alert)
    return [...byAlert].map(([alert, mine]) => ({ alert, stories: mine.map(({ story }) => story) }))
  }

  /** Puts hits of one alert where they are to stand, and has the alert decide by it. */
  function put(
    deciding: Deciding,
    alert: number,
    changed: readonly { readonly hit: HitRecord; readonly to: HitStanding }[],
    isBack: (hit: HitRecord) => boolean,
  ): void {
    for (const same of Map.groupBy(changed, ({ to }) => printed(to)).values())
      hits.put(
        alert,
        same.map(({ hit }) => hit.story),
        (same[0] as { to: HitStanding }).to,
      )
    const at = now()
    const isOver = ({ state }: HitStanding): boolean => state === 1 || state === 3
    const forgotten = changed.filter(({ hit, to }) => isOver(to) && WAITS.has(outcomeOf(hit)))
    if (forgotten.length > 0)
      deciding.forget(
        alert,
        forgotten.map(({ hit }) => ({ story: hit.story, event: eventOf(hit) })),
        at,
      )
    const back = changed.filter(({ hit, to }) => !isOver(to) && outcomeOf(hit) === 'seen' && isBack(hit))
    if (back.length > 0)
      deciding.remember(
        alert,
        back.map(({ hit }) => ({ story: hit.story, event: eventOf(hit), at: hit.at })),
        at,
      )
  }

  /** Marks some hits of one alert, in one transaction. */
  function markSome(alert: number, stories: readonly number[], act: HitAct): HitUndo {
    const deciding = beginDeciding()
    const at = now()
    let rows = hits.ofStories(alert, stories)
    const snoozes: HitUndo['snoozes'] = []
    if (act.act === 'snooze' || act.act === 'new') {
      const mine = act.act === 'snooze' ? rows : rows.filter(({ state }) => state === 2)
      const until = act.act === 'snooze' ? untilOf(act.for, at) : null
      for (const event of new Set(mine.map(eventOf))) {
        if (event === null) continue
        const before = deciding.snoozedUntil(alert, event)
        if (act.act === 'new' && before === undefined) continue
        // The others of its event come along: those that are new are snoozed with it, those that are snoozed wake with it.
        const others = hits
          .ofEvent(event)
          .filter((hit) => hit.alert === alert && hit.state === (act.act === 'snooze' ? 0 : 2))
        const known = new Set(rows.map(({ story }) => story))
        rows = [...rows, ...others.filter(({ story }) => !known.has(story))]
        snoozes.push({ alert, event, was: before === undefined ? null : { until: before } })
        if (act.act === 'snooze') deciding.snooze(alert, event, until, at)
        else deciding.unsnooze(alert, event, at)
      }
    }
    const changed = rows.flatMap((hit) => {
      const to = standingAfter(hit, act, at)
      return printed(to) === printed(hit) ? [] : [{ hit, to }]
    })
    // What is new again waits again only while it would have waited anyway: else it would be told as if it had just come.
    put(deciding, alert, changed, (hit) => gateOf(hit) > at)
    deciding.finish()
    const groups = Map.groupBy(changed, ({ hit, to }) => `${printed(hit)} ${printed(to)}`)
    return {
      hits: [...groups.values()].map((same) => {
        const [{ hit, to }] = same as [(typeof same)[number], ...typeof same]
        return { alert, stories: same.map((one) => one.hit.story), was: named(hit), is: named(to) }
      }),
      snoozes,
    }
  }

  /** Takes back what was done to some hits of one alert. */
  function restoreSome(deciding: Deciding, group: HitUndo['hits'][number]): number {
    const rows = hits
      .ofStories(group.alert, group.stories)
      .filter(
        ({ state, starred }) => state === NUMBERS[group.is.state] && starred === Number(group.is.starred),
      )
    const to = (hit: HitRecord): HitStanding => {
      const { state, until, starred } = group.was
      const event = eventOf(hit)
      // The snooze that it was in may have ended since.
      const isOver =
        state === 'snoozed' &&
        (event === null ? until === null : deciding.snoozedUntil(group.alert, event) === undefined)
      return {
        state: isOver ? 0 : NUMBERS[state],
        until: isOver ? null : until,
        starred: starred ? 1 : 0,
      }
    }
    put(
      deciding,
      group.alert,
      rows.map((hit) => ({ hit, to: to(hit) })),
      () => true,
    )
    return rows.length
  }

  const inParts = (stories: readonly number[]): number[][] =>
    Array.from({ length: Math.ceil(stories.length / AT_ONCE) }, (_, i) =>
      stories.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
    )

  /** Some transactions' worth of work: small ones are done together. */
  function* inTransactions<T>(
    work: readonly { readonly size: number; readonly run: () => T }[],
  ): Generator<void, T[]> {
    const done: T[] = []
    for (let next = 0; next < work.length; ) {
      together(() => {
        for (let size = 0; next < work.length && size < AT_ONCE; next++) {
          const { run, size: mine } = work[next] as (typeof work)[number]
          done.push(run())
          size += mine + A_DESK
        }
      })
      yield
    }
    return done
  }

  return {
    async mark(of, act) {
      const work = (await refsOf(of)).flatMap(({ alert, stories }) =>
        inParts(stories).map((some) => ({ size: some.length, run: () => markSome(alert, some, act) })),
      )
      const done = await inSlices(inTransactions(work), undefined)
      changes.emit({ type: 'alerts', hits: 0 })
      const undo = { hits: done.flatMap((one) => one.hits), snoozes: done.flatMap((one) => one.snoozes) }
      return { hits: undo.hits.reduce((sum, { stories }) => sum + stories.length, 0), undo }
    },
    async undo({ hits: groups, snoozes }) {
      const deciding = <T>(work: (deciding: Deciding) => T): T => {
        const begun = beginDeciding()
        const result = work(begun)
        begun.finish()
        return result
      }
      const restore = (isSnoozed: boolean) =>
        groups
          .filter(({ was }) => (was.state === 'snoozed') === isSnoozed)
          .flatMap((group) =>
            inParts(group.stories).map((stories) => ({
              size: stories.length,
              run: () => deciding((begun) => restoreSome(begun, { ...group, stories })),
            })),
          )
      // Hits come back before their event's snooze ends, which would make them new; those that were in one come after it.
      const work = [
        ...restore(false),
        ...snoozes.map(({ alert, event, was }) => ({
          size: 1,
          run: () =>
            deciding((begun) => {
              if (was === null) begun.unsnooze(alert, event, now())
              else begun.snooze(alert, event, was.until, now())
              return 0
            }),
        })),
        ...restore(true),
      ]
      const done = await inSlices(inTransactions(work), undefined)
      changes.emit({ type: 'alerts', hits: 0 })
      return { hits: done.reduce((sum, n) => sum + n, 0) }
    },
  }
}

/** What deciding for one alert costs, in hits. */
const A_DESK = 10

/** Outcomes of hits that are still to be told. */
const WAITS: ReadonlySet<Decision['outcome'] | undefined> = new Set<Decision['outcome']>(['held', 'snoozed'])

const decisionOf = ({ decision }: HitRecord): Partial<Decision> =>
  decision === '' ? {} : (JSON.parse(decision) as Partial<Decision>)
const outcomeOf = (hit: HitRecord): Decision['outcome'] | undefined => decisionOf(hit).outcome
/** Until when a hit was held when it arrived. */
const gateOf = (hit: HitRecord): number => Math.max(...Object.values(decisionOf(hit).gates ?? {}))

const printed = ({ state, until, starred }: HitStanding): string => `${state}-${until}-${starred}`
const named = ({ state, until, starred }: HitStanding): HitUndo['hits'][number]['was'] => ({
  state: STATES[state],
  until,
  starred: starred === 1,
})

function untilOf(how: keyof typeof SNOOZES, at: number): number | null {
  const ms = SNOOZES[how]
  return ms === null ? null : at + ms
}

function standingAfter(hit: HitRecord, act: HitAct, at: number): HitStanding {
  const { state, until, starred } = hit
  switch (act.act) {
    case 'star':
    case 'unstar':
      return { state, until, starred: act.act === 'star' ? 1 : 0 }
    case 'new':
      return { state: 0, until: null, starred }
    case 'seen':
      return state === 3 ? hit : { state: 1, until: null, starred }
    case 'dismiss':
      return { state: 3, until: null, starred }
    case 'snooze':
      // A story that waits for its event cannot be waited for to grow.
      return {
        state: 2,
        until: untilOf(act.for === 'growth' && hit.event === null ? 'day' : act.for, at),
        starred,
      }
  }
}
