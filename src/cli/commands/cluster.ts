import { clusterStories } from '../../core/offline/clusterStories.ts'
import type { LineProblem } from '../../core/offline/storyLines.ts'
import { problemLine, thisMoment } from './match.ts'
import { openOutput, printLine } from './output.ts'

/** `cluster`: one JSON line per story, after the last was read. @returns the exit code: 2 where a line could not be used */
export async function cluster(file: string): Promise<number> {
  const output = openOutput()
  let code = 0
  const report = (problem: LineProblem): void => {
    code = 2
    printLine(problemLine(problem))
  }
  for await (const clustered of clusterStories(file, thisMoment(), report))
    await output.write(`${JSON.stringify(clustered)}\n`)
  await output.flush()
  return code
}
