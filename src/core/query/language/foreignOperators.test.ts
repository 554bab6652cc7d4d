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
  ['oil&gas', 'AND', '(oil AND gas)'],
  ['oil and not gas', 'NOT', 'oil NOT gas'],
  ['oil BUT NOT gas', 'NOT', 'oil NOT gas'],
  ['oil AND NICHT gas', 'NOT', 'oil NOT gas'],
  ['oil or not gas', 'OR NOT', 'oil OR NOT gas'],
  ['oil not near/5 gas', 'NOT (oil NEAR/5 gas)', 'oil NOT (oil NEAR/5 gas)'],
  ['"crude oil" not w/5 gas', 'NOT', '"crude oil" NOT ("crude oil" NEAR/5 gas)'],
  ['oil NOTNEAR/5 gas', 'NOT', ''],
  ['oil WITHIN 5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil WITHIN 5 WORDS OF gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil w/in 5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil NEAR 5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil near 5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil ADJ 2 gas', 'ONEAR/2', 'oil ONEAR/2 gas'],
  ['oil NEAR[5] gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil near_5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil N5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil pre5 gas', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil adj gas', 'ONEAR/0', 'oil ONEAR/0 gas'],
  ['oil &&/5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil /+5 gas', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil W/PARA gas', 'NEAR/20', 'oil NEAR/20 gas'],
  ['oil SENTENCE gas', 'NEAR/20', 'oil NEAR/20 gas'],
  ['oil PARAGRAPH gas', 'NEAR/20', 'oil NEAR/20 gas'],
  ['oil FOLLOWED BY gas', 'ONEAR', 'oil ONEAR gas'],
  ['oil AND/OR gas', 'OR', 'oil OR gas'],
  ['oil NOR gas', 'NOT (a OR b)', ''],
  ['oil ANDANY gas', 'left out', ''],
  ['oil UND gas', 'AND', 'oil AND gas'],
  ['oil ODER gas', 'OR', 'oil OR gas'],
  ['oil UND NICHT gas', 'NOT', 'oil NOT gas'],
  ['oil OHNE gas', 'NOT', 'oil NOT gas'],
  ['oil ET gas', 'AND', 'oil AND gas'],
  ['oil OU (gas SAUF coal)', 'OR', 'oil OR (gas SAUF coal)'],
  ['oil SAUF gas', 'NOT', 'oil NOT gas'],
  ['petróleo O gas', 'OR', 'petróleo OR gas'],
  ['нефть И газ', 'AND', 'нефть AND газ'],
  ['нефть ИЛИ газ', 'OR', 'нефть OR газ'],
  ['нефть И НЕ газ', 'NOT', 'нефть NOT газ'],
  ['ropa LUB gaz', 'OR', 'ropa OR gaz'],
  ['petrol VEYA gaz', 'OR', 'petrol OR gaz'],
  ['oil ＡＮＤ gas', 'AND', 'oil AND gas'],
  ['title：oil', 'title:oil', 'title:oil'],
  ['oil＊', 'oil*', 'oil*'],
  ['－oil gas', '-oil', '-oil gas'],
  ['ATLEAST 5 oil', 'oil{5}', 'oil{5}'],
  ['atleast 5 (oil)', 'oil{5}', 'oil{5}'],
  ['ANY 2 (oil, gas)', 'ANY/2', 'ANY/2 (oil, gas)'],
  ['2 OF (oil, gas)', 'ANY/2', 'ANY/2 (oil, gas)'],
  ['MINIMUM/2 (oil, gas)', 'ANY/2', 'ANY/2 (oil, gas)'],
  ['title contains oil', 'title:', 'title:oil'],
  ['HEADLINE CONTAINS (oil gas)', 'title:', 'title:(oil gas)'],
  ['title :oil', 'title:oil', 'title:oil'],
  ['oil IN title', 'title:', ''],
  ['DATE IS 2025-05-01', 'on:', 'on:2025-05-01'],
  ['date after 1/5/2025', 'after:', ''],
  ['oil 2010..2020', 'after:2010-01-01', 'oil (after:2010-01-01 before:2021-01-01)'],
  ['12~~24', 'ranges', ''],
  ['#smith', '#', 'smith'],
  ['~oil', '~', 'oil'],
  ['$oil', '$', 'oil'],
  ['%oil', '%', 'oil'],
  ['fast&', '&', 'fast'],
  ['invest$4', 'invest*', 'invest*'],
  ['title:custom!', 'custom*', 'title:custom*'],
  ['-custom!', 'custom*', '-custom*'],
  ['wom_n', 'wom*', 'wom*'],
  ['oil\\:gas', 'backslash', ''],
  ['"organi?ed crime"', 'organi*', '"organi* crime"'],
  ["'oil prices'", '"oil prices"', '"oil prices"'],
  ['「oil prices」', '"oil prices"', '"oil prices"'],
  ['[oil gas] coal', '(oil gas)', '(oil gas) coal'],
  ['oil w/10 xfirstword', 'NEAR/10', 'oil NEAR/10 xfirstword'],
  ['oil NEAR /5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil pre 5 gas', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil //5 gas', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil (5w) gas', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil(w)gas', 'ONEAR/0', 'oil ONEAR/0 gas'],
  ['oil (n3) gas', 'NEAR/3', 'oil NEAR/3 gas'],
  ['oil OR, gas', 'OR', 'oil OR gas'],
  ['labo$r', 'labo*', 'labo*'],
  ['oil*?', '*', 'oil*'],
  ['‚oil prices‘', '"oil prices"', '"oil prices"'],
  ['lang:en,fr oil', 'lang:(en OR fr)', 'lang:(en OR fr) oil'],
  ['-site:a.example,b.example', '(a.example OR b.example)', '-site:(a.example OR b.example)'],
  ['site:*.quay.example', 'site:quay.example', 'site:quay.example'],
  ['site:.gov', 'site:gov', 'site:gov'],
  ['site:quay.*', 'no wildcard', ''],
  ['lang:-fr', '-lang:fr', '-lang:fr'],
  ['oil, natural gas, coal*', 'OR', '(oil OR "natural gas" OR coal*)'],
  ['oil; gas', 'OR', '(oil OR gas)'],
  ['oil\n"natural gas"\ncoal', 'OR', '(oil OR "natural gas" OR coal)'],
  ['oil ＮＥＡＲ／５ gas', '／', 'oil NEAR/5 gas'],
  ['"oil gas"～5', '～', '"oil gas"~5'],
  ['oil＾2', 'Weights', 'oil'],
  ['title＝oil', 'title:', 'title:oil'],
  ['oil ＜NEAR/5＞ gas', '＜', 'oil NEAR/5 gas'],
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
  'within 5 days',
  'a sentence of death',
  'the paragraph says',
  'oil und gas',
  'vitamin E tablets',
  'the same day',
  'C# news',
  'Q&A',
  'S&P 500',
  'oil/gas',
  "rock 'n' roll",
  "l'État",
  'U.S.: talks',
  'bbc.co.uk:8080',
  'bank(s)',
  'E=mc2',
  '$400',
  '"index.php?id=5"',
  '-title:gas',
  'oil NOT(gas)',
  '2010-2020',
  '10,000 people',
  'Xi, Putin meet Modi in Kazan, Russia',
  'oil, OR gas',
  '石油？',
  '"石油，天然气"',
  'ＲＵＳＳＩＡ',
  'face masks (N95)',
  'site:quay.example',
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
  ['atleast5 oil', 'atleast5', '{5}', 'oil{5}'],
  ['ATL5(oil)', 'ATL5(oil)', '{5}', 'oil{5}'],
  ['oil <NEAR/5> gas', '<NEAR/5>', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil <and> gas', '<and>', 'AND', 'oil AND gas'],
  ['oil <SENTENCE> gas', '<SENTENCE>', 'NEAR/20', 'oil NEAR/20 gas'],
  ['hlead=(oil OR gas)', 'hlead=', 'title:', 'title:(oil OR gas)'],
  ['headline=(oil)', 'headline=', 'title:', 'title:(oil)'],
  ['HLEAD(oil)', 'HLEAD(', 'title:', 'title:(oil)'],
  ['headline(oil OR gas)', 'headline(', 'title:', 'title:(oil OR gas)'],
  ['BYLINE("Jane Doe")', 'BYLINE(', 'author:', 'author:"Jane Doe"'],
  ['TITLE-ABS-KEY(oil)', 'TITLE-ABS-KEY(', 'text:', 'text:(oil)'],
  ['CAPS(AIDS)', 'CAPS(', 'case:', 'case:AIDS'],
  ['SINGULAR(bank)', 'SINGULAR(', 'forms', '(bank)'],
  ['NATO(russia)', 'NATO(', 'function', 'NATO (russia)'],
  ['near(oil, gas)', 'near(', 'NEAR/5', '(oil NEAR/5 gas)'],
  ['NEAR(oil gas, 8)', 'NEAR(', 'NEAR/8', '(oil NEAR/8 gas)'],
  ['PHRASE2(oil gas)', 'PHRASE2(', 'ONEAR/2', '(oil ONEAR/2 gas)'],
  ['ANY(oil, gas)', 'ANY(', 'OR', '(oil OR gas)'],
  ['OR(oil, gas)', 'OR(', 'OR', '(oil OR gas)'],
  ['MIN2(oil, gas)', 'MIN2(', 'ANY/2', 'ANY/2 (oil, gas)'],
  ['FREQ(oil, 3)', 'FREQ(', '{3}', 'oil{3}'],
  ['_exists_:title', '_exists_:', '_exists_', ''],
  ['author.name:jane', 'author.name:', 'author.name', ''],
  ['title:>5', '>5', 'after:', ''],
  ['source:>5', '>5', 'after:', ''],
  ['date>=2025-05-01', 'date>=2025-05-01', 'after:', 'after:2025-05-01'],
  ['title!=oil', 'title!=', '-title:', '-title:oil'],
  ['title = oil', 'title = ', 'title:', 'title:oil'],
  ['title: oil', 'title:', 'without a space', 'title:oil'],
  ['"xi putin"@5', '@5', '~5', '"xi putin"~5'],
  ['"xi putin"/5', '/5', '~5', '"xi putin"~5'],
  ['oil NEAR:5 gas', 'NEAR:5', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil near:5 gas', 'near:5', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil NEAR~5 gas', 'NEAR~5', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil NEAR{5} gas', 'NEAR{5}', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil NEAR/5F gas', 'NEAR/5F', 'NEAR/5', 'oil NEAR/5f gas'],
  ['oil NEAR/s gas', 'NEAR/s', 'NEAR/5', 'oil NEAR/20 gas'],
  ['oil NOT NEAR/5 gas', 'NOT NEAR/5', 'NOT (oil', 'oil NOT (oil NEAR/5 gas)'],
  ['oil NOT W/5 gas', 'NOT W/5', 'NOT (oil', 'oil NOT (oil NEAR/5 gas)'],
  ['oil NEAR/5 -gas', '-gas', 'NOT (a', 'oil NOT (oil NEAR/5 gas)'],
  ['title:-gas', '-gas', '-title:', ''],
  ['oil +5 gas', '+5', 'ONEAR/5', 'oil ONEAR/5 gas'],
  ['oil +s gas', '+s', 'ONEAR/20', 'oil ONEAR/20 gas'],
  ['oil /n5/ gas', '/n5/', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil/f50/', 'oil/f50/', 'title:', ''],
  ['++oil gas', '++', 'leave the +', 'oil gas'],
  ['oil + gas', '+', 'AND', 'oil AND gas'],
  ['oil && gas', '&&', 'AND', 'oil AND gas'],
  ['oil || gas', '||', 'OR', 'oil OR gas'],
  ['oil % gas', '%', 'NOT', 'oil NOT gas'],
  ['! oil', '!', 'NOT', 'NOT oil'],
  ['!!oil', '!!', 'NOT', '-oil'],
  ['oil~2', '~2', 'sanction*', 'oil*'],
  ['(oil gas)~5', '~5', 'NEAR/5', ''],
  ['?ild', '?ild', 'list the spellings', ''],
  ['wom#n', 'wom#n', 'wom*', 'wom*'],
  ['ba%nana', 'ba%nana', 'ba*', 'ba*'],
  ['oil.ti,ab.', 'oil.ti,ab.', 'title:', 'title:oil'],
  ['{crude oil}', '{crude oil}', 'quotation marks', '"crude oil"'],
  ['"oil * gas"', '*', 'ONEAR/1', ''],
  ['allintitle:oil gas', 'allintitle:', 'title:', 'title:(oil gas)'],
  ['inurl:oil', 'inurl:', 'site:', ''],
  ['from:2025-05-01', 'from:', 'after:', 'after:2025-05-01'],
  ['filter:links', 'filter:', 'is:', ''],
  ['filetype:pdf', 'filetype:', 'feeds say nothing', ''],
  ['sentiment:positive', 'sentiment:', 'feeds say nothing', ''],
  ['oil NEAR.5 gas', 'NEAR.5', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil NEAR/ 5 gas', 'NEAR/', 'NEAR/5', 'oil NEAR/5 gas'],
  ['oil ¬gas', '¬', 'NOT', 'oil -gas'],
  ['oil ∧ gas', '∧', 'AND', 'oil AND gas'],
  ['oil ∨ gas', '∨', 'OR', 'oil OR gas'],
  ['"oil gas"~1.5 coal', '.5', 'whole number', '"oil gas"~1 coal'],
  ['"oil price"! coal', '"oil price"!', '"oil price*"', '"oil price*" coal'],
  ['"oil price"* coal', '"oil price"*', '"oil price*"', '"oil price*" coal'],
  ['ANY(2, oil, gas, coal)', 'ANY(', 'ANY/2', 'ANY/2 (oil, gas, coal)'],
  ['ATLEAST(2, oil, gas)', 'ATLEAST(', 'ANY/2', 'ANY/2 (oil, gas)'],
  ['anyof(oil, gas)', 'anyof(', 'OR', '(oil OR gas)'],
  ['NONEOF(oil, gas)', 'NONEOF(', 'NOT', 'NOT (oil OR gas)'],
  ['ANY/2 (oil gas coal)', '(oil gas coal)', 'commas', 'ANY/2 (oil, gas, coal)'],
  ['HLP(oil)', 'HLP(', 'title:', 'title:(oil)'],
  ['LANGUAGE(english)', 'LANGUAGE(', 'lang:', 'lang:en'],
  ['language:German oil', 'language:', 'lang:', 'lang:de oil'],
  ['la=english oil', 'la=', 'lang:', 'lang:en oil'],
  ['location:Russia', 'location:', 'country:', 'country:RU'],
  ['location:london', 'location:', 'country:', ''],
  ['newer_than:7d', 'newer_than:', 'within:', 'within:7d'],
  ['published_at:2025-05-01', 'published_at:', 'on:', 'on:2025-05-01'],
  ['to:quay', 'to:', 'feeds say nothing', ''],
  // One repair mends all that stand in the way; what cannot be mended so has none.
  ['+oil +gas -coal', '+', 'leave the +', 'oil gas -coal'],
  ['HLEAD(oil W/5 gas)', 'HLEAD(', 'title:', 'title:(oil NEAR/5 gas)'],
  ['from:quay OR from:pier', 'from:', 'author:', 'author:quay OR author:pier'],
  ['hd=oil AND sentiment:good', 'hd=', 'title:', ''],
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
  let refused = 0
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 7 }), (pieces) => {
      const text = pieces.join(' ')
      let reading: ReturnType<typeof read>
      try {
        reading = read(text)
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError)
        const { repair } = error as QueryError
        if (repair === undefined) return
        refused++
        expect(() => read(repair), `${text} → ${repair}`).not.toThrow()
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
  expect(refused).toBeGreaterThan(300)
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
