import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Connection } from '../connect.ts'
import type { ChannelEdit, ChannelOptions } from './alertChannels.ts'
import type { SettingOptions } from './alertSettings.ts'
import type { AlertEdit } from './alerts.ts'
import type { BacktestOptions } from './alertTests.ts'
import { failure } from './failure.ts'

/** Runs one command. @returns the exit code: 0 success, 1 failure, 2 wrong usage, query or input */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0
  const program = createProgram((ended) => {
    code = ended
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return failure(error)
  }
}

interface Folder {
  readonly dataDir?: string
}
interface Json {
  readonly json?: boolean
}

/** Milliseconds that a command waits for the channels of alerts. */
const CHANNELS_MS = 10_000

/** Where no other engine runs, what alerts have to tell after stories came in is attempted; the rest is left. */
async function tellDue({ own }: Connection): Promise<void> {
  const left = await own?.deliverDue(CHANNELS_MS)
  if (left === undefined || left === 0) return
  const { printLine } = await import('./output.ts')
  printLine(
    `${left} ${left === 1 ? 'message' : 'messages'} of alerts could not be delivered yet; "wirewatch alerts deliveries" says why.`,
  )
}

/** All commands with their options. What a command needs is loaded when it runs, so that each starts quickly. */
export function createProgram(end: (code: number) => void = () => undefined): Command {
  const program = new Command('wirewatch')
    .description(
      'Wirewatch on the command line. Each command has its own --help; all is in docs/command-line.md.',
    )
    .helpCommand(false)
    .showHelpAfterError('("--help" after the command says more)')
    .exitOverride()

  const command = (under: Command, name: string, description: string): Command =>
    under.command(name).description(description).exitOverride().showHelpAfterError('(--help says more)')
  /** A command on a data folder; it returns its text, or its text and exit code. */
  const onFolder = (made: Command, json = true): Command => {
    made.option(
      '--data-dir <folder>',
      "where the archive lives, in place of the platform's usual folder",
      (folder: string) => {
        // What an unset variable of a shell becomes, which would be the folder that one happens to stand in.
        if (folder.trim() === '') throw new InvalidArgumentError('It names no folder.')
        return folder
      },
    )
    return json ? made.option('--json', 'print one JSON value') : made
  }
  /** A command that gives an alert channels. */
  const onChannels = (made: Command): Command =>
    made
      .option('--webhook <url>', 'tell this address, after Standard Webhooks')
      .option('--webhook-file <file>', 'the same; the address stands in this file, or comes from -')
      .option('--secret-file <file>', "the webhook's key, or the access token of ntfy, in a file or from -")
      .option('--ntfy <url>', 'tell this topic of ntfy')
      .option('--slack <url-file>', 'tell the incoming webhook of Slack whose address stands in this file')
      .option('--teams <url-file>', 'the same with a workflow of Teams')
      .option('--discord <url-file>', 'the same with a webhook of Discord')
      .option('--telegram <url-file>', 'the same with a bot of Telegram')
      .option('--mattermost <url-file>', 'the same with an incoming webhook of Mattermost')
      .option('--atom <folder>', 'keep an Atom file of its notices in this folder')
      .addOption(
        new Option('--send <what>', 'how much these channels are told').choices(['link', 'title', 'count']),
      )
  const onSettings = (made: Command): Command =>
    made
      .addOption(
        new Option('--trigger <kind>', 'what makes it tell').choices([
          'each',
          'digest',
          'threshold',
          'spike',
          'silence',
        ]),
      )
      .option('--at <times>', 'a digest at these times, such as 07:00,18:00; hourly without')
      .option('--on <weekdays>', 'a digest on these days, such as mon,tue; daily without')
      .option('--count <n>', 'a threshold of so many', count('a number'))
      .addOption(new Option('--of <what>', 'a threshold of').choices(['events', 'stories']))
      .option('--window <time>', 'a threshold within so long, such as 1h')
      .option(
        '--share <percent>',
        'a threshold of so many per cent above what is expected',
        count('a per cent'),
      )
      .option('--for <time>', 'a silence of so long, such as 6h')
      .option('--quiet <times>', 'nothing between these times, such as 22:00-07:00; or none')
      .option('--cooldown <time>', 'at least so long between two notices, such as 4h; or 0')
      .option('--cap <n>', 'at most so many notices an hour; or none', (text) =>
        text === 'none' ? text : count('a number of notices, or none')(text),
      )
      .option('--horizon <time>', 'stories older than this when they arrive are no news, such as 48h')
      .option('--priority <n>', '1 to 5, highest last', count('a priority'))
      .addOption(
        new Option('--collapse <how>', 'one notice for an event, or none').choices(['event', 'none']),
      )
      .option('--growth', 'tell once more of an event that has grown')
      .option('--no-growth', 'do not')
  const act =
    <Args extends unknown[]>(action: (...args: Args) => Promise<number>) =>
    async (...args: Args): Promise<void> =>
      end(await action(...args))
  const answer =
    <Args extends unknown[]>(
      action: (connection: Connection, ...args: Args) => Promise<string | { text: string; code: number }>,
      folderOf: (...args: Args) => Folder,
    ) =>
    async (...args: Args): Promise<void> => {
      const { withFolder } = await import('./folder.ts')
      end(await withFolder(folderOf(...args).dataDir, (connection) => action(connection, ...args)))
    }

  onFolder(command(program, 'add', 'Add a feed by its address and fetch it once.'))
    .argument('[url]', 'the address of a feed')
    .option('--url-file <file>', 'the address in a file or from -: one with a password in it')
    .option('--title <text>', 'a title of your own')
    .option('--language <code>', 'the language, such as ru or zh-cn')
    .option('--country <code>', 'the country, such as RU')
    .option('--bloc <name>', 'the bloc, such as RU, CN, EU, US, UA')
    .addOption(
      new Option('--kind <kind>', 'the kind').choices([
        'state',
        'public',
        'independent',
        'wire',
        'institution',
        'unknown',
      ]),
    )
    .action(
      answer(
        async (
          connection,
          url: string | undefined,
          { dataDir: _, ...options }: Folder & Json & { urlFile?: string },
        ) => {
          const text = await (await import('./sources.ts')).add(connection.client, url, options)
          await tellDue(connection)
          return text
        },
        (_, options) => options,
      ),
    )

  onFolder(
    command(program, 'import', 'Import sources (OPML) or an archive of stories (JSON lines, gzip or not).'),
  )
    .argument(
      '<file>',
      'an OPML file, or lines {"id"?, "url"?, "title"?, "text", "summary"?, "lang"?, "source"?, "author"?, "published" or "date"}',
    )
    .action(
      answer(
        async (connection, file: string, options: Folder & Json) => {
          const { text, whole } = await (await import('./import.ts')).importFile(connection, file, options)
          return { text, code: whole ? 0 : 2 }
        },
        (_, options) => options,
      ),
    )

  onFolder(command(program, 'refresh', 'Fetch sources now, due or not.'))
    .option('--source <id>', 'only this one', count('a source id'))
    .action(
      answer(
        async (connection, options: Folder & Json & { source?: number }) => {
          const { text, well } = await (await import('./sources.ts')).refresh(connection.client, options)
          await tellDue(connection)
          return { text, code: well ? 0 : 1 }
        },
        (options) => options,
      ),
    )

  onFolder(command(program, 'sources', 'List the sources and how they are.')).action(
    answer(
      async ({ client }, options: Folder & Json) => (await import('./sources.ts')).list(client, options),
      (options) => options,
    ),
  )

  onFolder(command(program, 'themes', 'List the themes with their stories.')).action(
    answer(
      async ({ client }, options: Folder & Json) => (await import('./themes.ts')).themes(client, options),
      (options) => options,
    ),
  )

  const alerts = command(program, 'alerts', 'List the alerts, or add one.')
  onFolder(command(alerts, 'list', 'List the alerts with their hits.')).action(
    answer(
      async ({ client }, options: Folder & Json) => (await import('./alerts.ts')).listAlerts(client, options),
      (options) => options,
    ),
  )
  onSettings(
    onChannels(
      onFolder(command(alerts, 'add', 'Add an alert: it tells of stories that arrive from now on.')),
    ),
  )
    .argument('<name>', 'its name')
    .argument('<query>', 'what it watches for, in the query language')
    .action(
      answer(
        async (
          { client },
          name: string,
          query: string,
          options: Folder & Json & ChannelOptions & SettingOptions,
        ) => (await import('./alerts.ts')).addAlert(client, name, query, options),
        (_name, _query, options) => options,
      ),
    )
  onSettings(
    onChannels(onFolder(command(alerts, 'edit', 'Change an alert: what the options say; the rest stays.'))),
  )
    .argument('<name>', 'the alert')
    .option('--name <name>', 'another name')
    .option('--query <query>', 'another query; its hits stay')
    .option('--off', 'it watches no more')
    .option('--no-off', 'it watches again')
    .option('--remove-channel <kind>', 'tell the channel of this kind no more; may be given again', gather)
    .action(
      answer(
        async (
          { client },
          name: string,
          options: Folder & Json & ChannelOptions & ChannelEdit & SettingOptions & AlertEdit,
        ) => (await import('./alerts.ts')).editAlert(client, name, options),
        (_, options) => options,
      ),
    )
  onFolder(command(alerts, 'remove', 'Remove an alert with its hits; the stories stay.'))
    .argument('<name>', 'the alert')
    .action(
      answer(
        async ({ client }, name: string, options: Folder & Json) =>
          (await import('./alerts.ts')).removeAlert(client, name, options),
        (_, options) => options,
      ),
    )
  onFolder(
    command(alerts, 'export', 'Print the alerts as a file: without hits, addresses and secrets.'),
    false,
  )
    .option('--alert <name>', 'this alert alone')
    .action(
      answer(
        async ({ client }, options: Folder & { alert?: string }) =>
          (await import('./alerts.ts')).exportAlerts(client, options),
        (options) => options,
      ),
    )
  onFolder(command(alerts, 'import', 'Add the alerts of a file, all or none; they are off.'))
    .argument('<file>', 'what "alerts export" wrote; - for standard input')
    .action(
      answer(
        async ({ client }, file: string, options: Folder & Json) =>
          (await import('./alerts.ts')).importAlerts(client, file, options),
        (_, options) => options,
      ),
    )
  onSettings(
    onFolder(command(alerts, 'backtest', 'Say what an alert would have done: hits, notices, the newest.')),
  )
    .argument('[query]', 'what it would watch for')
    .option('--alert <name>', 'an alert that is there, with its query and settings')
    .option('--range <range>', 'all, 24h, 7d, a day, or days such as 2025-05-01..2025-05-03', 'all')
    .action(
      answer(
        async ({ client }, query: string | undefined, options: Folder & BacktestOptions) =>
          (await import('./alertTests.ts')).backtest(client, query, options),
        (_, options) => options,
      ),
    )
  onFolder(command(alerts, 'why', 'Say why an alert told of a story, or did not.'))
    .argument('<name>', 'the alert')
    .argument('<story>', 'the id of a story', storyId)
    .action(
      answer(
        async ({ client }, name: string, story: number, options: Folder & Json) =>
          (await import('./alertTests.ts')).why(client, name, story, options),
        (_name, _story, options) => options,
      ),
    )
  onFolder(command(alerts, 'test', 'Send one message, marked as a test, to each channel of an alert.'))
    .argument('<name>', 'the alert')
    .action(
      answer(
        async ({ client }, name: string, options: Folder & Json) => {
          const { text, well } = await (await import('./alertChannels.ts')).testAlert(client, name, options)
          return { text, code: well ? 0 : 1 }
        },
        (_, options) => options,
      ),
    )
  onFolder(
    command(alerts, 'deliveries', 'List the attempts to tell notices and those to come, oldest first.'),
  )
    .option('--alert <name>', 'of this alert alone')
    .option('--limit <n>', 'the newest so many', count('a number of deliveries'), 1000)
    .action(
      answer(
        async ({ client }, options: Folder & Json & { alert?: string; limit: number }) =>
          (await import('./alertChannels.ts')).deliveries(client, options),
        (options) => options,
      ),
    )

  onFolder(command(program, 'stats', 'Say what the archive holds.')).action(
    answer(
      async ({ client }, options: Folder & Json) => (await import('./stats.ts')).stats(client, options),
      (options) => options,
    ),
  )

  onFolder(command(program, 'search', 'List the stories that match a query, newest first.'))
    .argument('<query>', 'in the query language (docs/query-language.md); quote it for the shell')
    .option('--limit <n>', 'at most so many', count('a number of stories'), 20)
    .option('--count', 'print only how many match')
    .option('--events', 'with --count: how many events they are of')
    .action(
      answer(
        async (
          { client },
          query: string,
          options: Folder & Json & { limit: number; count?: boolean; events?: boolean },
        ) => (await import('./search.ts')).search(client, query, options),
        (_, options) => options,
      ),
    )

  onFolder(command(program, 'events', 'List the events, those with most stories first.'))
    .option('--range <range>', '24h, 7d, a day (2025-05-01) or days (2025-05-01..2025-05-03)')
    .option('--limit <n>', 'at most so many', count('a number of events'), 20)
    .action(
      answer(
        async ({ client }, options: Folder & Json & { range?: string; limit: number }) =>
          (await import('./events.ts')).events(client, options),
        (options) => options,
      ),
    )

  onFolder(
    command(program, 'rescue', 'Copy what can still be read of a damaged archive into a new one.'),
  ).action(act(async (options: Folder & Json) => (await import('./rescue.ts')).rescue(options)))

  onFolder(
    command(
      program,
      'serve',
      'Serve the dashboard to a browser on this machine until Ctrl-C; prints its address.',
    ),
    false,
  )
    .option('--port <port>', 'the port; 0 takes any free one')
    .option('--sample', 'serve the sample stories of May 2025, kept apart from your archive')
    .action(
      act(async (options: Folder & { port?: string; sample?: boolean }) =>
        (await import('./serve.ts')).serve(options),
      ),
    )

  command(program, 'parse', 'Read feed files; needs no database. Prints a JSON line per file.')
    .argument('<file...>', 'RSS, Atom, RDF or JSON Feed files')
    .option('--base <url>', 'the address the feed came from, for relative links')
    .option(
      '--header <line>',
      "'Name: value' of the HTTP answer: Content-Type, Content-Location, Content-Language",
      gather,
    )
    .addHelpText(
      'after',
      '\nPrints {"file", "feed": {"title", "link", "language"}, "items": [{"id", "title", "link",\n"published", "summary", "text"}], "warnings": []}, or {"file", "error": {"code", "message"}}.',
    )
    .action(
      act(async (files: string[], options: { base?: string; header?: string[] }) =>
        (await import('./parse.ts')).parse(files, options),
      ),
    )

  command(program, 'tag', 'Tag the stories of a file with the built-in themes; needs no database.')
    .argument('<file>', 'lines {"id", "lang"?, "title"?, "summary"?, "text"?}, gzip or not')
    .addHelpText(
      'after',
      '\nPrints {"id", "themes": [{"id", "score", "evidence": [{"field", "start", "end"}]}]} per story.',
    )
    .action(act(async (file: string) => (await import('./tag.ts')).tag(file)))

  command(program, 'cluster', 'Gather the stories of a file into events; needs no database.')
    .argument(
      '<file>',
      'lines {"id", "lang"?, "title"?, "summary"?, "text"?, "source"?, "url"?, "published"?} in order of arrival, gzip or not',
    )
    .addHelpText(
      'after',
      '\nPrints {"id", "event", "copyOf"} per story, after the last was read: the event that each is in at the end.',
    )
    .action(act(async (file: string) => (await import('./cluster.ts')).cluster(file)))

  command(program, 'match', 'Match stories against queries; needs no database.')
    .requiredOption('--queries <file>', 'lines {"id", "query"}')
    .requiredOption(
      '--stories <file>',
      'lines {"id", "title"?, "summary"?, "text"?, "lang"?, "source"?, "author"?, "url"?, "published"?}',
    )
    .addHelpText(
      'after',
      '\nPrints {"story", "queries": […]} per story. An invalid query is reported on standard error as\n{"id", "error": {"message", "at"}}; the others still run, and the exit code is 2.',
    )
    .action(
      act(async (options: { queries: string; stories: string }) =>
        (await import('./match.ts')).match(options),
      ),
    )

  return program
}

/** Any whole number may be one: that there is no such story is the answer. */
function storyId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new InvalidArgumentError(`It takes the id of a story, not "${text}".`)
  return Number(text)
}

/** Reads a positive whole number. */
const count =
  (what: string) =>
  (text: string): number => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(`It takes ${what}, not "${text}".`)
    return Number(text)
  }

const gather = (line: string, before: string[] | undefined): string[] => [...(before ?? []), line]
