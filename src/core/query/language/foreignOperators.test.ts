import fc from 'fast-check'
import { expect, test } from 'vitest'
import { QueryError } from './ast.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import { unknownValues } from './unknownValues.ts'

const read = (text: string) => parseQuery(text, { use: 'search' })

/** A query that another product takes, what the warning calls it by, and the repair ('' for none). */
test.each([
  ['oil and gas', 'AND', 'oil AND gas'],
  ['oil And (gas or coal)', 'AND', 'oil AND (gas or coal)'],
  ['oil or gas', 'OR', 'oil OR gas'],
  ['oil not gas', 'NOT', 'oil NOT gas'],
  ['not gas', 'NOT', 'NOT gas'],
  ['a and b and c', 'AND', 'a AND b AND c'],
  ['oil near gas', 'NEAR', 'oil NEAR gas'],
  ['oil near/5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil Near/5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil onear/5 gas', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil w/5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil n/5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil within/5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil pre/5 gas', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil adj5 gas', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil NEAR5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil near/5f gas', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil ADJ gas', 'ONEAR/0', 'oil ONEAR/0 gas'],
  ['oil /5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil /s gas', 'NEAR/20', 'oil NEAR/20 gas'],
  ['oil w/p gas', 'NEAR/20', 'oil NEAR/20 gas'],
  ['oil SAME gas', 'NEAR/20', 'oil NEAR/20 gas'],
  ['oil around(5) gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil ANDNOT gas', 'NOT', 'oil NOT gas'],
  ['oil AND-NOT gas', 'NOT', 'oil NOT gas'],
  ['oil andnot gas', 'NOT', 'oil NOT gas'],
  ['oil BUTNOT gas', 'NOT', 'oil NOT gas'],
  ['oil XOR gas', 'OR', ''],
  ['any/2 (oil, gas)', 'ANY/2', 'ANY/2 (oil, gas)'],
  ['custom! duties', 'custom*', 'custom* duties'],
  ['child$', 'child*', 'child*'],
  ['sanction%', 'sanction*', 'sanction*'],
  ['what now?', '?', 'what now'],
  ['oil –gas', '-gas', 'oil -gas'],
  ['oil −gas', '-gas', 'oil -gas'],
  ['oil+gas', 'AND', '(oil AND gas)'],
])('%s: words with a warning', (text, ours, repair) => {
  const { warnings } = read(text)
  const [warning] = warnings
  expect(warning?.message).toContain(ours)
  expect(text.slice(warning?.at.start, warning?.at.end).trim()).not.toBe('')
  expect(warning?.repair ?? '').toBe(repair)
})

test.each([
  'black and white'.toUpperCase(),
  '"oil and gas"',
  'and',
  'or',
  'near/5',
  'W5 news',
  'G7 summit',
  'AT&T',
  'A+',
  'C++',
  '50% more',
  'Covid-19',
  '10:30',
  'oil OR gas',
  'title:"rock and roll"',
])('%s: no warning', (text) => {
  expect(read(text).warnings.filter(({ message }) => !message.startsWith('AND binds'))).toEqual([])
})

/** What can be no word: the place of the error, our form in the message, and the repair ('' for none). */
test.each([
  ['customi?e', 'customi?e', 'customi*', 'customi*'],
  ['oil bel??ve', 'bel??ve', 'bel*', 'oil bel*'],
  ['<<<reviewed in May>>> oil', '<<<reviewed in May>>>', 'comment', 'oil'],
  ['oil <<<(x AND>>> gas', '<<<(x AND>>>', 'comment', 'oil  gas'],
  ['oil W/5 gas', 'W/5', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil WITHIN/5 gas', 'WITHIN/5', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil PRE/5 gas', 'PRE/5', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil NEAR(5) gas', 'NEAR(5)', 'NEAR/5', 'oil NEAR/5 gas'],
  ['atleast3(oil)', 'atleast3(oil)', 'oil{3}', 'oil{3}'],
  ['ATLEAST5("crude oil") gas', 'ATLEAST5("crude oil")', '{5}', '"crude oil"{5} gas'],
  ['atleast5 oil', 'atleast5', '{5}', ''],
  ['language:en oil', 'language:', 'lang:', 'lang:en oil'],
  ['url:quay.example', 'url:', 'site:', 'site:quay.example'],
  ['domain:quay.example', 'domain:', 'site:', 'site:quay.example'],
  ['content:oil', 'content:', 'text:', 'text:oil'],
  ['ingress:oil', 'ingress:', 'summary:', 'summary:oil'],
  ['from:bbc', 'from:', 'author:', 'author:bbc'],
  ['headline:(oil OR gas)', 'headline:', 'title:', 'title:(oil OR gas)'],
  ['date:2025-05-01', 'date:', 'on:', 'on:2025-05-01'],
  ['date:2025', 'date:2025', 'on:', '(after:2025-01-01 before:2026-01-01)'],
  ['date:2025-12 oil', 'date:2025-12', 'on:', '(after:2025-12-01 before:2026-01-01) oil'],
  ['since:2025-05-01', 'since:', 'after:', 'after:2025-05-01'],
  ['min_retweets:5 oil', 'min_retweets:', 'retweets', ''],
  ['!"NATO"', '!', 'case:', 'case:"NATO"'],
  ['oil !(gas OR coal)', '!', 'NOT', 'oil -(gas OR coal)'],
  ['+"crude oil" gas', '+', 'leave the +', '"crude oil" gas'],
  ['"crude oil"^2', '^2', 'Weights', '"crude oil"'],
  ['oil|gas coal', 'oil|gas', 'OR', '(oil OR gas) coal'],
  ['oil||gas', 'oil||gas', 'OR', '(oil OR gas)'],
  ['oil&&gas', 'oil&&gas', 'AND', '(oil AND gas)'],
  ['[2025 TO 2026]', '[2025 TO 2026]', 'after:', ''],
  ['oil[ti]', 'oil[ti]', 'title:', 'title:oil'],
  ['"crude oil"[Title/Abstract] gas', '"crude oil"[Title/Abstract]', 'title:', 'title:"crude oil" gas'],
  ['hd=oil', 'hd=', 'title:', 'title:oil'],
  ['la=en oil', 'la=', 'lang:', 'lang:en oil'],
  ['oil wc>500', 'wc>500', 'long', ''],
])('%s: refused at %s', (text, place, ours, repair) => {
  let error: unknown
  try {
    read(text)
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(QueryError)
  const { message, at, repair: offered } = error as QueryError
  expect(message).toContain(ours)
  expect(text.slice(at.start, at.end)).toBe(place)
  expect(offered ?? '').toBe(repair)
  if (offered !== undefined) expect(() => read(offered)).not.toThrow()
})

test('a repair that is offered with a warning can be read, and the warning is gone with it', () => {
  const piece = fc.constantFrom(
    ...[
      'oil',
      'gas',
      '"crude oil"',
      '@china',
      'title:x',
      '-coal',
      'and',
      'or',
      'not',
      'And',
      'near',
      'near/5',
      'w/5',
      'pre/3',
    ],
    ...[
      'within/2',
      'ANDNOT',
      'SAME',
      'ADJ',
      'XOR',
      '/5',
      'around(5)',
      'custom!',
      'now?',
      '–gas',
      'oil+gas',
      'AND',
      'OR',
      'NOT',
    ],
    ...[
      'NEAR/2',
      '(',
      ')',
      'any/2',
      'lang:xx',
      'theme:nope',
      'kind:stat',
      'country:russia',
      'source:"nope"',
      'lang:(en OR russian)',
    ],
  )
  const known = {
    theme: ['russia-china', 'Energy'],
    source: ['BBC World'],
    alert: [],
    entity: ['Xi Jinping'],
    bloc: ['RU'],
  }
  let offered = 0
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 7 }), (pieces) => {
      const text = pieces.join(' ')
      let reading: ReturnType<typeof read>
      try {
        reading = read(text)
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError)
        return
      }
      for (const { message, repair, at } of [
        ...reading.warnings,
        ...unknownValues(reading.query, text, known),
      ]) {
        expect(at.end).toBeGreaterThan(at.start)
        if (repair === undefined) continue
        offered++
        const again = read(repair)
        const after = [...again.warnings, ...unknownValues(again.query, repair, known)]
        expect(
          after.map((other) => other.message),
          `${text} → ${repair}`,
        ).not.toContain(message)
        expect(printQuery(again.query)).not.toBe('')
      }
    }),
    { numRuns: 3000 },
  )
  expect(offered).toBeGreaterThan(500)
})

test.each([
  ['theme:nope', 'theme:nato', 'theme:nato'],
  ['theme:rusia-china oil', 'theme:russia-china', 'theme:russia-china oil'],
  ['theme:Energy', null, null],
  ['lang:xx', 'lang:', undefined],
  ['lang:russian', 'lang:ru', 'lang:ru'],
  ['lang:(en OR germna)', 'lang:', undefined],
  ['lang:zh-CN', null, null],
  ['lang:sw', null, null],
  ['source:"nope"', 'source:"BBC World"', 'source:"BBC World"'],
  ['source:"bbc world"', null, null],
  ['country:Russia', 'country:RU', 'country:RU'],
  ['country:UK', null, null],
  ['kind:stat', 'kind:state', 'kind:state'],
  ['alert:x', null, null],
  ['site:nobody.example', null, null],
])('%s: the nearest value is %s', (text, message, repair) => {
  const known = { theme: ['russia-china', 'energy', 'nato'], source: ['BBC World'] }
  const warnings = unknownValues(read(text).query, text, known)
  if (message === null) {
    expect(warnings).toEqual([])
    return
  }
  expect(warnings[0]?.message).toContain(message)
  if (typeof repair === 'string') expect(warnings[0]?.repair).toBe(repair)
  expect(warnings[0]?.repair).not.toBe(text)
})
