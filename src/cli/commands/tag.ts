import type { LineProblem } from '../../core/offline/storyLines.ts'
import { tagStories } from '../../core/offline/tagStories.ts'
import { problemLine, thisMoment } from './match.ts'
import { openOutput, printLine } from './output.ts'

/** `tag`: one JSON line per story. @returns the exit code: 2 where a line could not be used */
export async function tag(file: string): Promise<number> {
  const output = openOutput()
  let code = 0
  const report = (problem: LineProblem): void => {
    code = 2
    printLine(problemLine(problem))
  }
  for await (const batch of tagStories(file, thisMoment(), report)) {
    for (const tagged of batch) await output.write(`${JSON.stringify(tagged)}\n`)
    await output.flush()
  }
  return code
}
