import { HOSTILE_QUERIES, repeatedTexts } from '../../src/core/query/fixtures/hostile.ts'
import type { Query } from '../../src/core/query/language/ast.ts'
import { parseQuery } from '../../src/core/query/language/parse.ts'
import { createEvaluator, createMatcher } from '../../src/core/query/match/matcher.ts'
import type { Subject } from '../../src/core/query/match/subject.ts'
import { tokenise } from '../../src/core/query/match/tokenise.ts'
import { emptyArchive, fill, type Kept, searchOf } from '../../src/core/store/fixtures/agreement.ts'

/**
 * Queries that the parser accepts, over texts of one or two repeated words and over a text without spaces: processor time of the
 * matcher, of the evidence, and of a list and a count of archive search, beside the plain query `rep` over the same texts.
 */
export function attack(): void {
  for (const [words, parts] of [
    [1_000, 14],
    [1_000, 300],
    [20_000, 100],
  ] as const) {
    const stories = repeatedTexts(words).map(keptOf)
    const db = emptyArchive()
    fill(db, stories)
    const search = searchOf(db)
    const figures = (query: Query): number[] => [
      cpu(() => {
        const matcher = createMatcher(CONTEXT)
        matcher.set('query', query)
        for (const { subject } of stories) matcher.match(tokenise(subject), 0)
      }),
      cpu(() => {
        const evaluator = createEvaluator(query, CONTEXT)
        for (const { subject } of stories) evaluator.evidence(tokenise(subject), 0)
      }),
      cpu(() => search.list(query, { limit: 50 })),
      cpu(() => search.count(query)),
    ]
    console.log(
      `\n${stories.length} texts of ${words.toLocaleString('en')} words, queries of ${parts} parts: ms of processor time`,
    )
    console.log(row('query', ['match', 'evidence', 'list', 'count', '× plain']))
    const plain = figures(read('rep'))
    console.log(row('plain: rep', [...plain.map(ms), '1']))
    for (const [name, make] of Object.entries(HOSTILE_QUERIES)) {
      const text = make(parts)
      if (text.length > LONGEST) continue
      const taken = figures(read(text))
      console.log(row(name, [...taken.map(ms), (sum(taken) / sum(plain)).toFixed(0)]))
    }
    db.close()
  }
  withoutSpaces()
}

/** A long text without spaces: each character is a word, and each may be an occurrence. */
function withoutSpaces(): void {
  console.log(
    '\none text of 700,000 characters: ms of processor time to read it, match it and find its evidence',
  )
  const length = 700_000
  const plain = 'Putin and Xi meet. '.repeat(Math.ceil(length / 19)).slice(0, length)
  const chinese = '普京習近平中俄'.repeat(length / 7)
  for (const [name, text, query] of [
    ['plain: putin', plain, 'putin'],
    ['plain: NEAR', plain, 'putin NEAR/5 xi'],
    ['a character', chinese, '普'],
    ['a phrase', chinese, '普京'],
    ['NEAR', chinese, '普京 NEAR/5 中'],
    ['a chain', chinese, '普 NEAR/50 中 NEAR/50 俄 NEAR/50 平'],
    ['a count', chinese, '普京{1000}'],
  ] as const) {
    const { subject } = keptOf(text, 0)
    const evaluator = createEvaluator(read(query), CONTEXT)
    let found = 0
    const taken = cpu(() => {
      found = evaluator.evidence(tokenise(subject), 0).length
    })
    console.log(row(name, [ms(taken), `${found.toLocaleString('en')} spans`]))
  }
}

const CONTEXT = { concepts: new Map(), timeZone: 'UTC' }
const LONGEST = 65_536
const read = (text: string): Query => parseQuery(text, { use: 'search' }).query

function keptOf(text: string, nth: number): Kept {
  const at = Date.UTC(2025, 4, 1 + nth)
  const subject: Subject = { title: '', summary: '', text, published: at, fetched: at }
  const facts = { url: '', author: '', lang: '', copy: false, read: false, starred: false, note: false }
  return { subject: { ...subject, ...facts }, source: 1, themes: [], alerts: [] }
}

function cpu(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const ms = (time: number): string => time.toFixed(time < 10 ? 1 : 0)
const sum = (times: readonly number[]): number => times.reduce((total, one) => total + one, 0)
const row = (name: string, cells: readonly string[]): string =>
  `${name.padEnd(26)}${cells.map((cell) => cell.padStart(14)).join('')}`
