/**
 * Archive search against streaming matcher, query by query and story by story: `npm run bench -- agreement [cases] [seed]`.
 * A case is one generated query on one generated story. It stops at the first difference and prints it.
 */
import fc from 'fast-check'
import { queries } from '../src/core/query/fixtures/generate.ts'
import { printQuery } from '../src/core/query/language/print.ts'
import {
  emptyArchive,
  fill,
  listed,
  searchOf,
  story,
  streamed,
  vocabulary,
} from '../src/core/store/fixtures/agreement.ts'

const wanted = Number(process.argv[3] ?? 1_000_000)
let seed = Number(process.argv[4] ?? 1)
const db = emptyArchive()
const search = searchOf(db)
const byIndex = searchOf(db, 'always')
let cases = 0
let matches = 0
let differences = 0
const started = performance.now()
while (cases < wanted && differences === 0) {
  seed++
  const stories = fc.sample(story, { numRuns: 100, seed })
  const generated = fc.sample(queries(vocabulary, 4), { numRuns: 100, seed })
  const docids = fill(db, stories)
  const expected = streamed(generated, stories, docids, true)
  const slow = streamed(generated, stories, docids, false)
  generated.forEach((query, i) => {
    const found = expected[i] as number[]
    const same =
      slow[i]?.join() === found.join() &&
      listed(search, query, 30).join() === found.join() &&
      search.count(query).stories === found.length &&
      byIndex.count(query).stories === found.length
    if (!same) {
      differences++
      console.log(`seed ${seed}: ${printQuery(query)}`)
    }
    cases += stories.length
    matches += found.length
  })
}
const seconds = (performance.now() - started) / 1000
console.log(
  `${cases.toLocaleString('en')} cases, ${matches.toLocaleString('en')} matches, ${differences} differences, ${seconds.toFixed(0)} s`,
)
if (differences > 0) process.exitCode = 1
db.close()
