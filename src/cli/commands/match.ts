import { type LineWarning, matchQueries } from '../../core/offline/matchQueries.ts'
import type { LineProblem } from '../../core/offline/storyLines.ts'
import { openOutput, printLine } from './output.ts'

/** `match`: one JSON line per story. @returns the exit code: 2 where a query or another line could not be used */
export async function match(options: { queries: string; stories: string }): Promise<number> {
  const output = openOutput()
  let code = 0
  const report = (problem: LineProblem): void => {
    code = 2
    printLine(problemLine(problem))
  }
  const files = { queries: options.queries, stories: options.stories }
  const warn = ({ id, message, at, repair }: LineWarning): void =>
    printLine(JSON.stringify({ id, warning: { message, at, ...(repair === undefined ? {} : { repair }) } }))
  for await (const batch of matchQueries(files, thisMoment(), report, warn)) {
    for (const matched of batch) await output.write(`${JSON.stringify(matched)}\n`)
    await output.flush()
  }
  return code
}

/** The clock and zone of the machine. */
export const thisMoment = (): { now: number; timeZone: string } => ({
  now: Date.now(),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})

/** A line that could not be used, as one JSON line: with its id where it has one, else with the file and line. */
export function problemLine({ file, line, id, message, at }: LineProblem): string {
  return JSON.stringify({
    ...(id === undefined ? { file, line } : { id }),
    error: { message, at: at ?? null },
  })
}
