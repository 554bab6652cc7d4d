import type { Job } from '../../api/contract/common.ts'
import type {
  Discovery,
  FetchRecord,
  ImportRow,
  OpmlImport,
  Source,
  SourceDraft,
  SourceEdit,
  SourceState,
  StarterSource,
  Suggestion,
} from '../../api/contract/sources.ts'
import { counted } from '../counted.ts'
import { FeedError } from '../feeds/feed.ts'
import { quoted, takeUserInfo } from '../feeds/fetch/userInfo.ts'
import { readOpml, writeOpml } from '../feeds/find/opml.ts'
import { starterSources, suggest } from '../feeds/find/starter.ts'
import { typedAddress } from '../feeds/find/typedAddress.ts'
import { httpAddress } from '../feeds/httpAddress.ts'
import { silence } from '../feeds/pace/silence.ts'
import { Problem } from '../problem.ts'
import {
  ARCHIVE_SCHEME,
  type NewSource,
  type SourceKind,
  type SourceRecord,
  titleOf,
} from '../store/sources.ts'
import type { DoorParts } from './parts.ts'

export interface Sources {
  list(): Source[]
  get(id: number): Source
  /**
   * Adds a feed by its address and fetches it once; a source that cannot be read is not kept.
   * @throws Problem CONFLICT (there already), INVALID (no address); FeedError (cannot be fetched or is no feed)
   */
  add(draft: SourceDraft): Promise<Source>
  /** What the starter list or the domain knows; only for the sources about which it knows something. */
  suggest(ids: readonly number[]): Suggestion[]
  edit(ids: readonly number[], edit: SourceEdit): Source[]
  /** Removes the source and its stories, in small steps; answers when they are gone. */
  remove(id: number): Promise<{ stories: number }>
  refresh(id?: number): Job
  log(id: number, limit: number): FetchRecord[]
  discover(address: string): Promise<Discovery>
  starter(): StarterSource[]
  addStarter(urls: readonly string[]): Job
  importOpml(opml: string): OpmlImport
  exportOpml(): { opml: string }
}

/** Stories of a source that its rhythm is read from. */
const RHYTHM = 200
/** How long a silence is kept: it reads that many stories. */
const KEPT_MS = 600_000

type Parts = Pick<
  DoorParts,
  | 'together'
  | 'sources'
  | 'changes'
  | 'ingest'
  | 'poller'
  | 'retagging'
  | 'forgetting'
  | 'fetch'
  | 'reader'
  | 'now'
>

export function sourceNoun(parts: Parts): Sources {
  const { together, sources, ingest, poller, changes, now } = parts
  const silences = new Map<number, { last: number | null; at: number; silence: string }>()

  /** How long the source has been silent, '' for not. Computed again when the newest story changes or ten minutes have passed. */
  function silenceOf(source: SourceRecord, published: readonly number[]): string {
    const last = published[0] ?? null
    const known = silences.get(source.id)
    if (known !== undefined && known.last === last && now() - known.at < KEPT_MS) return known.silence
    const computed = silence(sources.published(source.id, RHYTHM), now())
    silences.set(source.id, { last, at: now(), silence: computed })
    return computed
  }

  function sourceOf(source: SourceRecord, stories: number): Source {
    const newest = sources.published(source.id, 1)
    const archive = source.url.startsWith(ARCHIVE_SCHEME)
    const quiet = archive || source.paused === 1 || source.ended === 1 ? '' : silenceOf(source, newest)
    return {
      id: source.id,
      url: source.url,
      title: titleOf(source),
      customTitle: source.custom_title,
      // Archives of an earlier version may hold any scheme.
      link: httpAddress(source.link),
      language: source.language,
      country: source.country,
      bloc: source.bloc,
      kind: source.kind,
      added: source.added,
      stories,
      lastStory: newest[0] ?? null,
      state: stateOf(source, quiet, poller.fetching()),
      lastFetch: source.last_fetch,
      lastSuccess: source.last_success,
      nextPoll: source.paused === 1 || source.ended === 1 ? null : source.next_poll,
      nextPollWhy: archive ? 'never: an imported archive' : source.next_poll_why,
      failures: source.failures,
      error: source.error_code === '' ? null : { code: source.error_code, message: source.error_message },
      keepDays: source.keep_days,
      keepStories: source.keep_stories,
      hasSecret: source.secret !== '',
      silence: quiet,
    }
  }

  /** @param secret '' for none */
  function addRecord(source: NewSource, secret: string): SourceRecord {
    const record = sources.add(source, now())
    if (secret === '') return record
    sources.update(record.id, { secret })
    return sources.get(record.id)
  }

  const noun: Sources = {
    list() {
      const counts = sources.counts()
      return sources.all().map((source) => sourceOf(source, counts.get(source.id) ?? 0))
    },
    get: (id) => sourceOf(sources.get(id), sources.counts().get(id) ?? 0),
    async add(draft) {
      const { url, secret } = feedAddress(draft.url)
      const hint = suggest(url)
      const record = addRecord(
        {
          url,
          title: draft.title,
          language: draft.language ?? hint?.language,
          country: draft.country ?? hint?.country,
          bloc: draft.bloc ?? hint?.bloc,
          kind: draft.kind ?? hint?.kind,
        },
        secret,
      )
      const outcome = await ingest.poll(record.id, undefined, { manual: true })
      if (outcome.error !== null) {
        // Of a large feed a part may have gone in before.
        await parts.forgetting.source(record.id)
        changes.emit({ type: 'sources', ids: [record.id] })
        throw new FeedError(outcome.error.code, outcome.error.message)
      }
      return noun.get(record.id)
    },
    suggest: (ids) =>
      ids.flatMap((id): Suggestion[] => {
        const hint = suggest(sources.get(id).url)
        return hint === null ? [] : [{ id, ...hint }]
      }),
    edit(ids, edit) {
      together(() => {
        for (const id of ids) {
          const before = sources.get(id)
          if (edit.url !== undefined && edit.url !== before.url) {
            const { url, secret } = feedAddress(edit.url)
            const there = sources.byUrl(url)
            if (there !== undefined && there.id !== id)
              throw new Problem('CONFLICT', `${url} is among your sources already, as “${titleOf(there)}”.`)
            sources.update(id, {
              url,
              etag: '',
              last_modified: '',
              body_hash: '',
              ended: 0,
              ...(secret === '' ? {} : { secret }),
            })
          }
          sources.update(id, {
            ...(edit.customTitle === undefined ? {} : { custom_title: edit.customTitle }),
            ...(edit.language === undefined ? {} : { language: edit.language.toLowerCase() }),
            ...(edit.country === undefined ? {} : { country: edit.country.toUpperCase() }),
            ...(edit.bloc === undefined ? {} : { bloc: edit.bloc.toUpperCase() }),
            ...(edit.kind === undefined ? {} : { kind: edit.kind }),
            ...(edit.paused === undefined ? {} : { paused: edit.paused ? 1 : 0 }),
            ...(edit.keepDays === undefined ? {} : { keep_days: edit.keepDays }),
            ...(edit.keepStories === undefined ? {} : { keep_stories: edit.keepStories }),
            ...(edit.secret === undefined ? {} : { secret: edit.secret }),
            // A source that ended is polled again when a person resumes it.
            ...(edit.paused === false ? { ended: 0, next_poll: now() } : {}),
          })
        }
      })
      if ([edit.customTitle, edit.country, edit.bloc, edit.kind, edit.language].some((v) => v !== undefined))
        parts.retagging.sources(ids)
      changes.emit({ type: 'sources', ids: [...ids] })
      return ids.map((id) => noun.get(id))
    },
    async remove(id) {
      const stories = await parts.forgetting.source(id)
      silences.delete(id)
      changes.emit({ type: 'sources', ids: [id] })
      return { stories }
    },
    refresh(id) {
      if (id !== undefined) {
        const source = sources.get(id)
        return poller.refresh([source], `Refreshing ${titleOf(source)}`, { manual: true })
      }
      const all = sources
        .all()
        .filter((s) => s.paused === 0 && s.ended === 0 && !s.url.startsWith(ARCHIVE_SCHEME))
      return poller.refresh(all, `Refreshing ${counted(all.length, 'source')}`, { manual: true })
    },
    log(id, limit) {
      sources.get(id)
      return sources.log(id, limit)
    },
    async discover(address) {
      const { discover } = await import('../feeds/find/discover.ts')
      return discover(address, parts.fetch, {
        known: (url) => sources.byUrl(url) !== undefined,
        lookAt: parts.reader.look,
        readPage: parts.reader.page,
      })
    },
    starter: () =>
      starterSources().map((source) => ({ ...source, added: sources.byUrl(source.url) !== undefined })),
    addStarter(urls) {
      const wanted = new Set(urls)
      poller.expect(wanted.size)
      const added = starterSources()
        .filter((source) => wanted.has(source.url) && sources.byUrl(source.url) === undefined)
        .map((source) => sources.add(source, now()))
      changes.emit({ type: 'sources', ids: added.map(({ id }) => id) })
      return poller.refresh(added, `Fetching ${counted(added.length, 'new source')}`)
    },
    importOpml(opml) {
      const { outlines, refused } = readOpml(opml)
      poller.expect(outlines.length)
      const rows: ImportRow[] = refused.map(({ line, title, message }) => ({
        line,
        title,
        url: '',
        result: 'refused',
        message,
      }))
      const fresh: SourceRecord[] = []
      together(() => {
        for (const outline of outlines) {
          const row = { line: outline.line, title: outline.title, url: shownAddress(outline.url) }
          try {
            const { url, secret } = feedAddress(outline.url)
            const there = sources.byUrl(url)
            if (there !== undefined) {
              rows.push({
                ...row,
                result: 'duplicate',
                message: `This feed is among your sources already, as “${titleOf(there)}”.`,
              })
              continue
            }
            const hint = suggest(url)
            fresh.push(
              addRecord(
                {
                  url,
                  title: outline.title,
                  language: outline.language || hint?.language,
                  country: outline.country || hint?.country,
                  bloc: outline.bloc || hint?.bloc,
                  kind: (outline.kind || hint?.kind || 'unknown') as SourceKind,
                },
                secret,
              ),
            )
            rows.push({ ...row, result: 'added', message: '' })
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            rows.push({ ...row, result: 'refused', message: error.message })
          }
        }
      })
      rows.sort((a, b) => a.line - b.line)
      changes.emit({ type: 'sources', ids: fresh.map(({ id }) => id) })
      const job =
        fresh.length === 0
          ? null
          : poller.refresh(fresh, `Fetching ${counted(fresh.length, 'imported source')}`)
      return { rows, job }
    },
    exportOpml: () => ({
      opml: writeOpml(
        sources
          .all()
          .filter(({ url }) => !url.startsWith(ARCHIVE_SCHEME))
          .map((s) => ({
            title: titleOf(s),
            url: s.url,
            link: httpAddress(s.link),
            groups: s.bloc === '' ? [] : [s.bloc],
            language: s.language,
            bloc: s.bloc,
            kind: s.kind,
            country: s.country,
          })),
        'Wirewatch sources',
      ),
    }),
  }
  return noun
}

function stateOf(source: SourceRecord, silence: string, fetching: ReadonlySet<number>): SourceState {
  if (fetching.has(source.id)) return 'fetching'
  if (source.ended === 1) return 'ended'
  if (source.paused === 1) return 'paused'
  if (source.url.startsWith(ARCHIVE_SCHEME)) return 'ok'
  if (source.last_fetch === null) return 'new'
  if (source.failures > 0) return 'failing'
  return silence === '' ? 'ok' : 'silent'
}

/**
 * Reads an address as a person types it. A name and password are taken out, because addresses are shown, logged and exported.
 * @returns `secret`: "name:password", '' where there is none
 */
function feedAddress(text: string): { url: string; secret: string } {
  const address = typedAddress(text)
  if (address === null)
    throw new Problem(
      'INVALID',
      `${quoted(text.trim())} is no web address: write one such as https://example.org/feed.xml.`,
    )
  const secret = takeUserInfo(address)
  address.hash = ''
  return { url: address.href, secret }
}

/** The address of an imported outline as its report shows it: without a name and password, '' where it is none. */
function shownAddress(text: string): string {
  const address = typedAddress(text)
  if (address !== null) takeUserInfo(address)
  return address?.href ?? ''
}
