import { expect, test } from 'vitest'
import { foldValue } from '../../query/words/words.ts'
import { bareWord } from './arabic.ts'
import { entitiesIn } from './entities.ts'
import { happeningsIn } from './happenings.ts'
import { datesIn, numbersIn } from './numbers.ts'
import { placesIn } from './places.ts'
import { createStoryReader } from './readStory.ts'
import { soundOf } from './sound.ts'
import {
  lengthOf,
  NAMES,
  type Reading,
  readingFrom,
  SOUNDS,
  share,
  TITLE,
  termOf,
  termsOf,
  WORDS,
  weigh,
} from './traits.ts'
import { readWords } from './wordFacts.ts'

const sound = (name: string): string => soundOf(foldValue(name))

test.each([
  ['Zelensky', 'Зеленський', 'Зеленского', 'Zełenski', 'Zelenskyy'],
  ['Putin', 'Путиным', 'Poutine', 'Putina'],
  ['Sunak', 'Сунак', 'Сунаком'],
  ['Macron', 'Макрон', 'Макрона', 'Макроном'],
  ['Morbi', 'Морби'],
  ['Gujarat', 'Gudżarat', 'Гуджарат'],
  ['Washington', 'Вашингтон', 'Waszyngton'],
])('%s sounds alike in every spelling', (first, ...others) => {
  expect(others.map(sound)).toEqual(others.map(() => sound(first)))
})

test('different names sound different, and what is too short has no sound', () => {
  const names = ['Zelensky', 'Putin', 'Sunak', 'Macron', 'Gujarat', 'Washington', 'Trump', 'Biden', 'Merkel']
  expect(new Set(names.map(sound)).size).toBe(names.length)
  expect(sound('Xi')).toBe('')
  expect(sound('北京')).toBe('')
})

test('numbers are one however they are grouped, and a myriad is multiplied out', () => {
  expect([...numbersIn('1,200 or 1 200 or 1.200 and 6.5 or 6,5')]).toEqual([
    '1200',
    '1200',
    '1200',
    '6.5',
    '6.5',
  ])
  expect([...numbersIn('超过1.5万人，141人')]).toEqual(['15000', '141'])
})

test.each([
  [
    '1.8 billion euros',
    '€1.8bn',
    '1,8 Milliarden Euro',
    '1,8 Mrd. Euro',
    '1.800 millones',
    '1 800 млн евро',
    '18亿欧元',
  ],
  ['50,000 people', '50.000 Menschen', '50 000 personnes', '50 тыс. человек', '5万人', '50 mil personas'],
  ['60 million dollars', '60 Mio. Dollar', '60 millions', '60 млн долларов', '6000万美元', '60 millones'],
])('“%s” is one number in every language', (first, ...others) => {
  const [number] = [...numbersIn(first)]
  expect(others.map((text) => [...numbersIn(text)])).toEqual(others.map(() => [number]))
})

test('a word that only begins like a magnitude does not multiply', () => {
  expect([...numbersIn('3 miles, 5 billboards, 7 metres, 9 mills')]).toEqual(['3', '5', '7', '9'])
})

const named = (text: string): string[] => [...entitiesIn(readWords(text).facts, text).entities]

test.each([
  ['Macron visits', 'встреча с Макроном', '马克龙访华', '馬克宏'],
  ['Xi Jinping', 'Си Цзиньпином', '习近平会见', '習近平', 'والرئيس شي جينبينغ'],
  ['in Los Angeles', 'в Лос-Анджелесе', '洛杉矶'],
  ['Kyiv', 'Kiew', 'Києві', '基辅', 'في كييف'],
  ['the European Union', 'la Unión Europea', 'Евросоюза', '欧盟'],
  ['Nord Stream', 'Северного потока', '北溪'],
])('“%s” names the same in every language', (first, ...others) => {
  const [entity] = named(first)
  expect(entity).toBeDefined()
  for (const text of others) expect(named(text)).toContain(entity)
})

test('Arabic words are read without article and particles, others as they are', () => {
  expect(['الرئيس', 'والرئيس', 'للرئيس', 'بالرئيس'].map(bareWord)).toEqual(Array(4).fill('رئيس'))
  expect(['president', 'وزير', '北京'].map(bareWord)).toEqual(['president', 'وزير', '北京'])
})

test('a city lies in its country', () => {
  expect([...entitiesIn(readWords('Fire in Baltimore').facts, '').countries]).toEqual(['US'])
  expect([...entitiesIn([], '库尔斯克').countries]).toEqual(['RU'])
})

test('what only begins like a name is not it', () => {
  expect(named('罗马尼亚总统')).toEqual([])
  expect(named('阿尔巴尼斯')).toEqual(['albanese'])
  expect(named('Atlantic storm, munitions, metallic')).toEqual([])
})

test.each([
  'on 24 October',
  'October 24, 2022',
  '24 октября',
  '24 жовтня',
  'el 24 de octubre',
  'le 24 octobre',
  '24 października',
  '10月24日',
])('“%s” names a day', (text) => expect([...datesIn(text, readWords(text).facts)]).toEqual(['d10-24']))

test.each([
  'Sweden votes',
  'Швеция голосует',
  'у Швеції',
  'Schweden wählt',
  'la Suède vote',
  '瑞典大选',
  'Szwecji',
  'Suecia vota',
  'الانتخابات في السويد',
])('“%s” names Sweden', (text) => expect([...placesIn(readWords(text).facts, text)]).toEqual(['SE']))

test.each([
  'An earthquake',
  'Un séisme',
  'Землетрясение',
  'Землетрус',
  'Ein Erdbeben',
  'Um terremoto',
  'trzęsienie ziemi',
  '發生地震',
  'الزلزال',
])('“%s” names the same kind of happening', (text) => {
  const row = [...happeningsIn(readWords('earthquake').facts, undefined)][0] as number
  expect(happeningsIn(readWords(text).facts, text)).toContain(row)
})

test('a story compared with itself is 1 in every channel it has, with another nothing', () => {
  const read = createStoryReader([])
  const evenly = (reading: Reading) =>
    weigh(
      reading,
      Array.from(reading.terms, () => 3),
    )
  const one = evenly(
    read({ title: 'Governor Osk opens Saltmouth harbour', summary: '', text: '', lang: 'en' }),
  )
  const other = evenly(read({ title: 'Rain expected tomorrow', summary: '', text: '', lang: 'en' }))
  const into = { cosine: 0, ofA: 0, ofB: 0, terms: 0 }
  for (const channel of [TITLE, WORDS, NAMES, SOUNDS]) {
    expect(share(one, one, channel, into).cosine).toBeGreaterThan(0.98)
    expect(share(one, other, channel, into).cosine).toBe(0)
  }
  expect(lengthOf(one, TITLE)).toBeCloseTo(Math.sqrt(5) * 3, 1)
})

test('common words, numerals and the first word of a sentence are no names', () => {
  const reading = createStoryReader([])({
    title: 'Rain falls on Osk. The Saltmouth council',
    summary: '',
    text: '',
    lang: 'en',
  })
  expect(termsOf(reading, NAMES)).toHaveLength(2)
})

test('what was kept with other channels is not read', () => {
  const reading = createStoryReader([])({
    title: 'Osk opens Saltmouth harbour',
    summary: '',
    text: '',
    lang: 'en',
  })
  expect(readingFrom(reading.terms, 'en')).toEqual(reading)
  expect(() => readingFrom(reading.terms.slice(1), 'en')).toThrow('other channels')
})

test('a word is read by the language of its story, whatever language it was met in before', () => {
  const read = createStoryReader([])
  const words = (lang: string): number[] =>
    termsOf(read({ title: 'Marches den Côté', summary: '', text: '', lang }), WORDS)
  for (const lang of ['en', 'de', 'fr', 'en']) {
    const stems = [lang === 'de' ? 'marches' : 'marche', ...(lang === 'de' ? [] : ['den']), 'cote']
    expect(words(lang)).toEqual(stems.map((stem) => termOf(WORDS, stem, lang)))
  }
})

test('a letter with its accent beside it is read as the letter with its accent', () => {
  const read = createStoryReader([])
  const story = (title: string) => read({ title, summary: '', text: '', lang: 'fr' })
  expect(story('La C\u00f4te d\u2019Ivoire \u00e9tait \u00c9mue')).toEqual(
    story('La Co\u0302te d\u2019Ivoire e\u0301tait E\u0301mue'),
  )
})
