import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Change } from '../api/contract/changes.ts'
import type { Job } from '../api/contract/common.ts'
import { createAlertClock } from './alerts/clock.ts'
import { createDeciding } from './alerts/deciding.ts'
import { createRevising } from './alerts/revising.ts'
import { createChanges } from './changes.ts'
import type { Channels } from './delivery/channel.ts'
import { createDispatcher } from './delivery/dispatcher.ts'
import { createNoticeReader } from './delivery/noticeReader.ts'
import { openChannelSecrets, type SecretBox } from './delivery/secrets.ts'
import { toldEvent } from './delivery/toldEvent.ts'
import { type Alerts, alertNoun } from './door/alerts.ts'
import { type App, appNoun } from './door/app.ts'
import { type Archive, archiveNoun } from './door/archive.ts'
import { type AlertChannels, channelNoun } from './door/channels.ts'
import { type Dashboard, dashboardNoun } from './door/dashboard/dashboard.ts'
import { rangeFigures } from './door/dashboard/figures.ts'
import { type Entities, entityNoun } from './door/entities.ts'
import { type Events, eventNoun } from './door/events.ts'
import { type Inbox, inboxNoun } from './door/inbox.ts'
import { type Navigation, navigationNoun } from './door/navigation.ts'
import type { DoorParts } from './door/parts.ts'
import { type Queries, queryNoun } from './door/query.ts'
import { type Sources, sourceNoun } from './door/sources.ts'
import { type Stories, storyNoun } from './door/stories.ts'
import { type Themes, themeNoun } from './door/themes.ts'
import { type Views, viewNoun } from './door/views.ts'
import { type BuiltInConcepts, createEventMemory } from './events/memory.ts'
import { createFetch } from './feeds/fetch/fetch.ts'
import type { Fetch } from './feeds/fetch/fetcher.ts'
import { createPoster, type Poster } from './feeds/fetch/post.ts'
import type { SystemProxies } from './feeds/fetch/proxy.ts'
import { every, startHeartbeat } from './heartbeat.ts'
import { createCorrecting } from './intake/correcting.ts'
import { createForgetting } from './intake/forgetting.ts'
import { createGathering } from './intake/gathering.ts'
import { createIngest } from './intake/ingest.ts'
import { createMentioning } from './intake/mentioning.ts'
import { createPoller, LOOK_MS } from './intake/poller.ts'
import { createReindexing } from './intake/reindexing.ts'
import { createRetagging } from './intake/retagging.ts'
import { createTakeIn } from './intake/takeIn.ts'
import { createJobs } from './jobs.ts'
import { createReader } from './reading/reader.ts'
import type { Connection } from './store/connection.ts'
import { storeError } from './store/failure.ts'
import { ARCHIVE_FILE, openDatabase } from './store/open.ts'
import { createArchiveScan } from './store/search/archiveScan.ts'
import { createSearch } from './store/search/search.ts'
import { sourcesWhere } from './store/search/sourceFilter.ts'
import { openStores, type Stores } from './stores.ts'
import { installBuiltIn } from './themes/install.ts'
import { openPackFolder } from './themes/packFolder.ts'
import { keepDefinitions } from './watch/definitions.ts'
import { searchContext } from './watch/searchContext.ts'

export type { Message } from './alerts/notices.ts'
export type { Channel, Channels } from './delivery/channel.ts'
export type { SecretBox } from './delivery/secrets.ts'
export { FeedError } from './feeds/feed.ts'
export type { Fetch } from './feeds/fetch/fetcher.ts'
export type { SystemProxies } from './feeds/fetch/proxy.ts'
export { Problem } from './problem.ts'
export { QueryError } from './query/language/ast.ts'
export { StoreError } from './store/failure.ts'
export { rescue } from './store/rescue.ts'
export type { Change, Job }

export interface WirewatchOptions {
  /** The data folder; made where it is missing. ':memory:' leaves nothing behind. */
  readonly dataDir: string
  /** The network; real HTTP where it is left out. */
  readonly fetch?: Fetch
  /** The system's proxies, for real HTTP; the environment's alone where it is left out. */
  readonly systemProxies?: SystemProxies | undefined
  /** How channels are told; real HTTP where it is left out. */
  readonly poster?: Poster
  /** Where this system keeps secrets for the shell. */
  readonly secretBox?: SecretBox | undefined
  /** The clock, epoch ms. */
  readonly now?: () => number
  /** One line about a fault a developer should know of. */
  readonly log?: (line: string) => void
  /** IANA time zone of days and dates; the machine's where it is left out. */
  readonly timeZone?: string
  /** Jitter of the poll schedule, 0–1. */
  readonly random?: () => number
  /** Poll in the background; off by default. */
  readonly polling?: boolean
  /** False: stories get no events, to measure what those cost. */
  readonly gathering?: boolean
  /** The data folder is the sample's, which the page shows. */
  readonly sample?: boolean
  /** The folder with themes/ and starter-sources.json. */
  readonly resources?: string
}

/** The door of the core: one open data folder. Its nouns mirror the contract; each documents what it throws. */
export interface Wirewatch {
  readonly app: App
  readonly stories: Stories
  readonly query: Queries
  readonly sources: Sources
  readonly themes: Themes
  readonly alerts: Alerts
  readonly inbox: Inbox
  readonly channels: AlertChannels
  readonly navigation: Navigation
  readonly dashboard: Dashboard
  readonly entities: Entities
  readonly views: Views
  readonly events: Events
  readonly archive: Archive
  /** What happens, from now on; opens with `hello` and ends with the signal or the engine. */
  changes(signal?: AbortSignal): AsyncGenerator<Change, void>
  /**
   * From now on what alerts have to tell is delivered by these channels, beginning with what still waits. A shell calls it
   * once; without it notices wait for the next shell.
   */
  deliverNotices(channels: Channels): void
  /**
   * Attempts what is due on the channels of alerts, where no shell does: for a command that has taken stories in. What is not done
   * within `patience` ms is left, and told by whoever opens the folder next.
   * @returns how many messages are left
   */
  deliverDue(patience: number): Promise<number>
  /** How a job ended. */
  finished(job: number): Promise<Job>
  /** Resolves when no stories wait for their events. */
  eventsGathered(): Promise<void>
  /** Resolves when no stories are looked through for who and what they name. */
  mentionsFound(): Promise<void>
  /** Stops jobs and polls, waits for them, and closes the database; a second call waits for the first. */
  close(): Promise<void>
}

/** Works from src/core and from a bundle in out/main. */
const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url))

/** How often it is looked whether the archive's file is where it was, and can be written. */
const FILE_MS = 5_000
/** How often what the settings no longer keep is removed. */
const RETENTION_MS = 3_600_000
/** How often notices that nobody was told of are given up, and old ones forgotten. */
const TIDYING_MS = 3_600_000

/**
 * Opens a data folder. Themes whose re-tag was cut short are taken up again.
 * @throws StoreError where the database cannot be used
 */
export function openWirewatch(options: WirewatchOptions): Wirewatch {
  const { dataDir, log = () => undefined } = options
  let found: string | null = null
  const db = openDatabase(dataDir, {
    note(sentence) {
      found = sentence
      log(sentence)
    },
  })
  try {
    return wired(options, db, () => found)
  } catch (error) {
    db.close()
    // A list or setting that is none: damage that the database does not notice.
    throw error instanceof SyntaxError ? storeError('damaged', join(dataDir, ARCHIVE_FILE), error) : error
  }
}

/**
 * Puts the parts of an open archive together.
 * @param found what was found amiss when it was opened, as a sentence; null where nothing was
 */
function wired(options: WirewatchOptions, db: Connection, found: () => string | null): Wirewatch {
  const { dataDir, now = Date.now, log = () => undefined, random = Math.random } = options
  const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const isSample = options.sample === true

  const stores = openStores(db, timeZone)
  const builtIn = join(options.resources ?? RESOURCES, 'themes', 'great-powers-and-europe')
  installBuiltIn(stores, builtIn)
  const network = options.fetch === undefined ? openNetwork(stores, now, options.systemProxies) : null
  const fetch = options.fetch ?? (network as NonNullable<typeof network>).fetch

  const changes = createChanges()
  const jobs = createJobs(changes, log)
  const { themes, alerts } = stores
  const { now: definitions, changed: definitionsChanged } = keepDefinitions(
    { conceptRecords: () => themes.concepts(), themes: () => themes.all(), alerts: () => alerts.all() },
    { timeZone, log },
  )
  const shared = { ...stores, now, timeZone, log, fetch, random, changes, jobs, definitions }

  const context = searchContext({ ...shared, sources: sourcesWhere(db.readable) })
  const search = createSearch(db.readable, context)
  const scan = createArchiveScan(db.readable, definitions)
  const builtInConcepts = (): BuiltInConcepts => {
    const { hash, pack } = openPackFolder(builtIn)
    return { hash, concepts: () => pack().concepts }
  }
  const reader = createReader({ ...shared, bridges: () => builtInConcepts().concepts() })
  const memory = createEventMemory(stores, builtInConcepts)
  const beginDeciding = createDeciding({ ...shared, alert: alerts.find })
  const revising = createRevising({ ...shared, search, beginDeciding })
  const beginBatch = createTakeIn({
    ...shared,
    memory,
    beginDeciding,
    isGathering: options.gathering !== false,
  })
  const ingest = createIngest({ ...shared, db, reader, beginBatch, hasShell: () => dispatcher.isStarted })
  const poller = createPoller({ ...shared, reader, ingest })
  const retagging = createRetagging({ ...shared, scan, beginBatch })
  const reindexing = createReindexing({ ...shared, beginBatch })
  const mentioning = createMentioning({ ...shared, search })
  const gathering = createGathering({
    ...shared,
    reader,
    memory,
    beginBatch,
    isOn: options.gathering !== false,
    isTakingIn: () => reader.busy > 0 || ingest.isStoring(),
  })
  const forgetting = createForgetting({ ...shared, beginBatch })
  const poster = options.poster ?? createPoster({ now, systemProxies: options.systemProxies })
  const secrets = openChannelSecrets({ dataDir, box: options.secretBox, log })
  secrets.keepOnly(stores.channels.list().map(({ id }) => id))
  const read = createNoticeReader({ ...shared, eventOf: (id) => toldEvent(eventsNoun.row(id)) })
  const dispatcher = createDispatcher({ ...shared, poster, secrets, read, reset: () => heartbeat.reset() })
  const alertClock = createAlertClock({
    ...shared,
    beginDeciding,
    isGathering: () => gathering.isBehind(),
    deliver: () => dispatcher.look(),
  })
  const trouble = (): string | null => ingest.trouble() ?? found()
  const parts: DoorParts = {
    ...shared,
    folder: { dataDir, sample: isSample, version: version(), trouble },
    search,
    scan,
    reader,
    ingest,
    poller,
    retagging,
    mentioning,
    reindexing,
    revising,
    gathering,
    correcting: createCorrecting({ ...shared, memory, beginDeciding }),
    memory,
    forgetting,
    dispatcher,
    beginDeciding,
    poster,
    secrets,
    definitionsChanged,
  }

  const sourcesNoun = sourceNoun(parts)
  const eventsNoun = eventNoun(parts, sourcesNoun.list)
  const figures = rangeFigures(parts, sourcesNoun.list)
  const app = appNoun(parts, sourcesNoun)
  alertClock.tick()
  reindexing.start()
  gathering.start()
  mentioning.start()
  revising.start()
  changes.subscribe((change) => {
    if (change.type === 'stories' && change.added > 0) gathering.start()
  })
  retagging.resume()
  if (options.polling === true) poller.setPolling(app.settings().polling)
  const start = now()
  let known = trouble()
  const heartbeat = startHeartbeat(
    [
      {
        what: 'The archive’s file',
        next: every(FILE_MS, start),
        run() {
          const current = trouble()
          if (current === known) return
          known = current
          log(known ?? 'The archive can be written again.')
          // The page asks for what is known of the engine again.
          changes.emit({ type: 'settings' })
        },
      },
      { what: 'Polling', next: every(LOOK_MS, start), run: (signal) => poller.look(signal) },
      {
        what: 'Retention',
        next: every(RETENTION_MS, start),
        run: (signal) => forgetting.retention(signal),
      },
      {
        what: 'Alerts',
        next: alertClock.next,
        run: () => alertClock.tick(),
      },
      { what: 'Delivery', next: dispatcher.next, run: () => dispatcher.look() },
      {
        what: 'Tidying of notices',
        next: every(TIDYING_MS, start),
        run: (signal) => dispatcher.tidy(signal),
      },
    ],
    { now, log },
  )

  let closed: Promise<void> | undefined

  return {
    app,
    stories: storyNoun(parts),
    query: queryNoun(parts),
    sources: sourcesNoun,
    themes: themeNoun(parts),
    alerts: alertNoun(parts),
    inbox: inboxNoun(parts, sourcesNoun.list),
    channels: channelNoun(parts),
    navigation: navigationNoun(figures),
    dashboard: dashboardNoun({ ...parts, figures }),
    entities: entityNoun(parts),
    events: eventsNoun,
    views: viewNoun(parts),
    archive: archiveNoun(parts),
    changes: (signal) => changes.stream(signal),
    deliverNotices: (channels) => dispatcher.start(channels, { isSample }),
    deliverDue: (patience) => dispatcher.attemptDue(patience),
    finished: (job) => jobs.finished(job),
    async eventsGathered() {
      gathering.start()
      await gathering.idle()
    },
    async mentionsFound() {
      mentioning.start()
      await mentioning.idle()
    },
    close() {
      closed ??= close()
      return closed
    },
  }

  async function close(): Promise<void> {
    ingest.close()
    await heartbeat.close()
    await poller.close()
    await jobs.close()
    await gathering.close()
    await mentioning.close()
    await revising.close()
    await reader.close()
    await dispatcher.close()
    await poster.close()
    changes.close()
    await network?.close()
    db.close()
  }
}

/** Real HTTP; which hosts asked to wait is kept in the archive. */
function openNetwork({ settings }: Stores, now: () => number, systemProxies: SystemProxies | undefined) {
  const keptWaits = {
    read: () => settings.get('hostWaits') ?? undefined,
    write: (text: string) => settings.set('hostWaits', text),
  }
  return createFetch({ now, keptWaits, systemProxies })
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
