import { expect, test } from 'vitest'
import { parseQuery } from '../query/language/parse.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { editReason } from './editReason.ts'

const STORY = {
  title: 'Gas pipeline through Mongolia',
  summary: 'Iran and the price of Gas',
  text: 'The pipeline is long.',
}

function reason(finds: string, fails: string) {
  const read = tokenise({ ...STORY, published: 0 })
  const context = { concepts: new Map(), timeZone: 'UTC' }
  const [one, other] = [finds, fails].map((text) => parseQuery(text, { use: 'alert' }).query)
  const decides = {
    matches: (query: Parameters<typeof createEvaluator>[0]) =>
      createEvaluator(query, context).matches(read, 0),
    evidence: (query: Parameters<typeof createEvaluator>[0]) =>
      createEvaluator(query, context).evidence(read, 0),
  }
  if (one === undefined || other === undefined) throw new Error('two queries')
  expect([decides.matches(one), decides.matches(other)]).toEqual([true, false])
  return editReason(one, other, decides, (field) => STORY[field])
}

test('a story comes or goes by what is excluded, or by the part that it does not fulfil', () => {
  expect(reason('pipeline', 'pipeline -iran')).toEqual({ words: ['Iran'], excluded: true, part: null })
  expect(reason('gas OR oil', 'oil')).toEqual({ words: ['Gas'], excluded: false, part: 'oil' })
  expect(reason('gas pipeline', 'pipeline NEAR/0 price')).toEqual({
    words: ['Gas', 'pipeline'],
    excluded: false,
    part: 'pipeline NEAR/0 price',
  })
  expect(reason('gas', 'gas (oil OR coal)')).toMatchObject({ part: 'oil OR coal' })
  const long = Array.from({ length: 40 }, (_, n) => `word${n}`).join(' OR ')
  expect(reason('gas', `gas (${long})`).part).toHaveLength(80)
})
