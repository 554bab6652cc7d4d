import { Command, CommanderError } from 'commander'
import { failure } from './failure.ts'

/** What a command ends with: 0 well, 1 it failed, 2 what was asked cannot be (usage, an invalid query or input). */
type Ended = Promise<number>

/** Runs one command. @returns the exit code */
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

/** All commands with their options. What a command needs is loaded when it runs, so that each starts quickly. */
export function createProgram(end: (code: number) => void = () => undefined): Command {
  const program = new Command('wirewatch')
    .description(
      'Wirewatch on the command line. Each command has its own --help; docs/command-line.md has the whole.',
    )
    .helpCommand(false)
    .showHelpAfterError('"wirewatch --help" lists the commands.')
    .exitOverride()
  const command = (usage: string, description: string): Command =>
    program.command(usage).description(description).exitOverride()
  const ends =
    <Args extends unknown[]>(action: (...args: Args) => Ended) =>
    async (...args: Args): Promise<void> =>
      end(await action(...args))

  command('tag', 'Tag the stories of a file with the built-in themes; needs no database.')
    .argument('<file>', 'lines {"id", "lang"?, "title"?, "summary"?, "text"?}, gzip or not')
    .addHelpText(
      'after',
      '\nPrints {"id", "themes": [{"id", "score", "evidence": [{"field", "start", "end"}]}]} per story.',
    )
    .action(ends(async (file: string) => (await import('./tag.ts')).tag(file)))

  command('match', 'Match stories against queries; needs no database.')
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
      ends(async (options: { queries: string; stories: string }) =>
        (await import('./match.ts')).match(options),
      ),
    )

  return program
}
