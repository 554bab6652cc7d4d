import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import { parseQuery } from '../query/language/parse.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import type { Subject } from '../query/match/subject.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { conceptBook } from '../watch/conceptBook.ts'
import { createPercolator } from '../watch/percolator.ts'
import { openPackFolder } from './packFolder.ts'

const root = new URL('../../../', import.meta.url)
const pack = openPackFolder(fileURLToPath(new URL('resources/themes/great-powers-and-europe', root))).pack()
const concepts = conceptBook(pack.concepts)
const percolator = createPercolator({ concepts, timeZone: 'UTC' })
for (const [id, { id: key, query, threshold, group }] of pack.themes.entries())
  percolator.setTheme({ id, key, query: parseQuery(query, { use: 'theme' }).query, threshold, group })

const themesOf = (over: Partial<Subject>): string[] => {
  const story = tokenise({ title: '', summary: '', text: '', published: null, ...over })
  return [...percolator.match(story, 0).tags.keys()].map((id) => pack.themes[id]?.id ?? '').sort()
}
const has = (concept: string, title: string): boolean =>
  createEvaluator(parseQuery(`@${concept}`, { use: 'match' }).query, { concepts, timeZone: 'UTC' }).matches(
    tokenise({ title, summary: '', text: '', published: null }),
    0,
  )

describe('titles that trip naive matchers', () => {
  test.each<[string, string[]]>([
    ['EU updating sanctions list', ['sanctions']],
    ["Japan's Diet debates Taiwan", ['taiwan']],
    ['tell us about it', []],
    ['Turkey, the bird', []],
    ['China cabinet', []],
    ['Polish the silver', []],
    ['Orange revolution in phone plans', []],
    ['French toast', []],
    ['Jordan wins the title', []],
    ['Xi Omicron', []],
    ['Xi Omicron chapter at Washington State elects president', []],
    ['Fish and chips, American style', []],
    ['Electricity tariff to rise in Karachi', []],
    ['The summit of Everest', []],
    ['Paris Saint-Germain beat Bayern Munich', []],
    ['Sin embargo, llueve', []],
    ['Respekt zollen', []],
    ['Обыск провели с санкции суда', []],
    ['Le marché aux puces', []],
    ['其中美食最受欢迎', []],
    ['北京时间今晚八点', []],
    ['Earthquake shakes Taiwan', []],
  ])('%s', (title, expected) => expect(themesOf({ title })).toEqual(expected))

  test.each([
    ['turkey', 'Turkey, the bird'],
    ['china', 'China cabinet'],
    ['china', '其中国家公园最大'],
    ['poland', 'Polish the silver'],
    ['france', 'French toast'],
    ['xi-jinping', 'Xi Omicron'],
    ['xi-jinping', 'Louis XI'],
    ['united-states', 'tell us about it'],
    ['united-states', 'It cost US$8 billion'],
    ['united-states', '南美国家'],
    ['trump', 'A trump card'],
    ['denmark', 'Даниил сыграл Гамлета'],
    ['russia', '习近平会见白俄罗斯总统'],
    ['us-russia-pair', '美俄亥俄州列车脱轨'],
    ['leader-titles', '会见俄罗斯第一副总理'],
    ['leader-titles', 'A deputy prime minister resigns'],
  ])('@%s is not in “%s”', (concept, title) => expect(has(concept, title)).toBe(false))

  test.each([
    ['turkey', 'Turkey votes'],
    ['china', 'La empresa china Huawei'],
    ['poland', 'Polish farmers'],
    ['france', 'French farmers'],
    ['united-states', 'The US and us'],
    ['united-states', 'U.S. troops'],
    ['eu', '歐盟'],
    ['eu', 'ЕС'],
    ['putin', 'Путиным'],
    ['xi-jinping', '習近平'],
    ['zelensky', 'Selenskyj'],
    ['brics', 'БРИКС'],
  ])('@%s is in “%s”', (concept, title) => expect(has(concept, title)).toBe(true))
})

const feed = await new Parser().parseString(
  readFileSync(new URL('resources/sample/harbour-post.rss', root), 'utf8'),
)

describe('one story with many strands', () => {
  const item = feed.items.find((i) => i.title?.startsWith('Xi in Moscow'))
  const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ')
  const got = themesOf({
    title: item?.title ?? '',
    summary: plain(item?.content ?? ''),
    text: plain(item?.['content:encoded'] ?? ''),
  })

  const because: Record<string, string> = {
    'russia-china': 'Xi is received in the Kremlin; the two presidents sign a statement on their partnership',
    summits: 'two heads of state meet, and the BRICS summit in Rio is announced',
    'ww2-memory': 'the visit is for the Victory Day parade, eighty years after the war',
    'energy-trade': 'Russian crude for China and a second pipeline, Power of Siberia 2',
    brics: 'the leaders speak about the summit and the development bank of the bloc',
    sanctions: 'Western sanctions shape the trade; Chinese firms are on the sanctions list',
    'tech-controls': 'machine tools, chips, dual-use goods and export controls',
    taiwan: "Xi on Taiwan's return, Moscow on its independence, Taipei's answer",
    'foreign-fighters': 'two Chinese nationals captured while fighting for Russian forces',
    'ukraine-war': 'they were captured in Donetsk region; Beijing on the war in Ukraine',
    'eu-china': 'messages of Costa and von der Leyen with Xi on fifty years; the EU lists Chinese firms',
    'us-china': 'American and Chinese negotiators meet in Geneva about the duties',
    tariffs: "Donald Trump's tariffs, import duties of more than one hundred per cent",
  }
  const absent: Record<string, string> = {
    'us-russia': 'nothing passes between Washington and Moscow in the story',
    'eu-us': 'Brussels and Washington both occur, but not with each other',
  }

  const either: Record<string, string> = {
    'eu-russia': 'one paragraph of twenty has the European Union list those who supply Russia',
  }

  test.each(Object.entries(because))('is about %s: %s', (theme) => expect(got).toContain(theme))
  test.each(Object.entries(absent))('is not about %s: %s', (theme) => expect(got).not.toContain(theme))
  test('nothing else is to be decided', () =>
    expect([because, absent, either].flatMap(Object.keys).sort()).toEqual(
      pack.themes.map((t) => t.id).sort(),
    ))
})

describe.each([
  ['the makers of the queries', 'examples.jsonl', 0.83],
  ['writers who had not seen the queries', 'independent.jsonl', 0.83],
])('items by %s (fixtures/%s), labelled by hand', (_, file, floor) => {
  interface Example {
    readonly lang: string
    readonly title: string
    readonly text: string
    readonly themes: readonly string[]
    readonly set: 'tune' | 'held'
  }
  const examples = readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line): Example => JSON.parse(line))
    .filter(({ set }) => set === 'held')
  const f1 = (some: readonly Example[]): number => {
    let [right, all] = [0, 0]
    for (const { title, text, themes } of some) {
      const got = themesOf({ title, summary: text })
      right += got.filter((theme) => themes.includes(theme)).length
      all += got.length + themes.length
    }
    return (2 * right) / all
  }
  // The floor that a change of the pack must keep; what it reaches stands in the benchmark.
  test.each(['en', 'ru', 'zh', 'fr', 'de', 'es'])(`%s: F1 of at least ${floor}`, (lang) => {
    const some = examples.filter((example) => example.lang === lang)
    expect(some.length).toBeGreaterThan(20)
    expect(f1(some)).toBeGreaterThanOrEqual(floor)
  })
})
