import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copiesArchive } from '../fixtures/copies.ts'
import { type ArchiveItem, hasSharedArchive, sharedLines } from '../fixtures/sharedArchive.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { bands, fromBytes, isCopy, type Signature, signature, similarity, toBytes } from './copies.ts'
import { COPY_WINDOW_MS, originalOf } from './original.ts'

const signed = (title: string, text: string, summary = ''): Signature | null =>
  signature(tokenise({ title, summary, text, published: null }))
const sign = (title: string, text: string, summary = ''): Signature => {
  const made = signed(title, text, summary)
  if (made === null) throw new Error(`too short: ${title}`)
  return made
}
const copied = (a: Signature, b: Signature): boolean => {
  expect(isCopy(b, a, false)).toBe(isCopy(a, b, false))
  return isCopy(a, b, false)
}

const WIRE = `The port of Saltmouth reopened on Tuesday after a nine-day strike by crane drivers that had left forty ships
  waiting in the roads. The union and the harbour board agreed to a pay rise of six per cent over two years and to a joint
  review of night shifts. Shipping lines said that it would take about a week to clear the backlog, and warned that some
  cargo of fruit had been lost. The board's chairwoman, Ada Renfield, called the settlement fair to both sides.`
const SAME_TOPIC = `Fruit importers have asked the harbour board of Saltmouth to pay for cargo that spoiled during the strike
  of the crane drivers. Their association put the loss at three million and said that members would go to court unless an
  offer came by the end of the month. A spokesman for the board said that strikes were excluded by the terms of carriage,
  but that it would look at cases of hardship. The union declined to comment on the claim.`

test('a wire text is a copy under another headline, with a dateline and another closing line', () => {
  const original = sign('Saltmouth port reopens as strike ends', WIRE)
  const changed = WIRE.replace('The port', 'SALTMOUTH, 3 June (Meridian) - The port').replace(
    /The board's chairwoman.*/s,
    'Reporting by our harbour correspondent; editing by the night desk.',
  )
  expect(copied(original, sign('Cranes move again', changed))).toBe(true)
})

test('it is a copy with a few words changed by an editor', () => {
  const changed = WIRE.replace('on Tuesday', 'this week')
    .replace('per cent', 'percent')
    .replace('fair', 'decent')
  expect(copied(sign('', WIRE), sign('', changed))).toBe(true)
})

test('it is a copy when it is cut to its first half, or split into summary and text', () => {
  const half = WIRE.slice(0, WIRE.length * 0.55)
  expect(copied(sign('Saltmouth port reopens', WIRE), sign('Cranes move again', half))).toBe(true)
  const [first = ''] = WIRE.split('. ')
  expect(copied(sign('', WIRE), sign('', WIRE, first))).toBe(true)
})

test('another story on the same topic is no copy', () => {
  const alike = similarity(sign('', WIRE), sign('', SAME_TOPIC))
  expect(alike).toBeLessThan(0.15)
  expect(copied(sign('Saltmouth port', WIRE), sign('Saltmouth port', SAME_TOPIC))).toBe(false)
})

test('a bulletin with other numbers is no copy of the one before', () => {
  const bulletin = (place: string, cases: string, total: string): Signature =>
    sign(
      '',
      `${place} reports ${cases} new cases in the past 24 hours, bringing the national total to ${total}.`,
    )
  expect(copied(bulletin('Norland', '1,939', '87,592'), bulletin('Norland', '1,504', '82,856'))).toBe(false)
  expect(copied(bulletin('Norland', '1,939', '87,592'), bulletin('Norland', '1,939', '87,592'))).toBe(true)
})

test('short texts: equal headlines alone are no copies, equal short texts are', () => {
  expect(signed('Weather forecast', '')).toBeNull()
  expect(signed('Morning news in brief', 'All you need to know today.')).toBeNull()
  expect(signed('', '')).toBeNull()
  const short = 'Governor Osk denies that the currency was part of the tariff talks with its neighbours.'
  expect(
    copied(
      sign('Nobody asked for a stronger crown', short),
      sign('Nobody asked for a stronger crown', short),
    ),
  ).toBe(true)
})

test('an outlet’s standing text does not make its stories copies of one another', () => {
  const standing = `Subscribe to read the whole article and support independent reporting from the coast, the islands
    and the capital. You can end your subscription at any time in your account, without giving reasons.`
  const one = sign('Ferry service resumes after the storm', standing)
  const other = sign('Council votes on new harbour wall', standing)
  expect(isCopy(one, other, true)).toBe(false)
})

test('Chinese text: a copy with a changed closing line is found, the same topic is not', () => {
  const wire =
    '北港港口周二在罢工九天后重新开放,起重机司机的罢工曾使四十艘船在港外等候。工会和港务局同意两年内加薪百分之六,并共同审查夜班安排。航运公司说,清理积压货物大约需要一周时间,并警告说一些水果已经变质。'
  const topic =
    '水果进口商要求北港港务局赔偿罢工期间变质的货物。他们的协会估计损失为三百万,并说如果月底前没有提出赔偿方案,会员将诉诸法院。港务局发言人说,运输条款不包括罢工,但会考虑有困难的情况。'
  expect(copied(sign('北港港口重新开放', wire), sign('罢工结束', `${wire}(本报记者综合报道)`))).toBe(true)
  expect(copied(sign('北港港口', wire), sign('北港港口', topic))).toBe(false)
  expect(signed('天气预报', '')).toBeNull()
})

test('similarity is symmetric, 1 with itself, near the exact share on long texts; bytes come back as they went', () => {
  const word = fc
    .integer({ min: 0, max: 400 })
    .map(
      (n) =>
        `w${'abcdefghij'[n % 10]}${'klmnopqrst'[Math.floor(n / 10) % 10]}${'uvwxyzabcd'[Math.floor(n / 100)]}`,
    )
  const text = fc.array(word, { minLength: 30, maxLength: 300 })
  const shingles = (words: string[]): Set<string> =>
    new Set(words.slice(2).map((_, i) => words.slice(i, i + 3).join(' ')))
  fc.assert(
    fc.property(text, text, fc.double({ min: 0, max: 1, noNaN: true }), (base, tail, share) => {
      const kept = [...base.slice(0, Math.round(base.length * share)), ...tail]
      const a = sign('', base.join(' '))
      const b = sign('', kept.join(' '))
      expect(similarity(a, a)).toBe(1)
      expect(similarity(a, b)).toBe(similarity(b, a))
      const [one, two] = [shingles(base), shingles(kept)]
      const both = [...one].filter((s) => two.has(s)).length
      // Four standard errors and a little: a hash that fell badly here would miss by far more.
      expect(Math.abs(similarity(a, b) - both / (one.size + two.size - both))).toBeLessThan(0.3)
      expect(fromBytes(Buffer.concat([Buffer.from([1]), toBytes(a)]).subarray(1))).toEqual(a)
      expect(bands(a).every((band) => Number.isInteger(band) && band >= 0 && band < 2 ** 32)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('an original is found within a week on either side, by another outlet or the same, and a copy leads to the first', () => {
  const archive = copiesArchive(3)
  const wire = sign('', WIRE)
  const day = 86_400_000
  expect(archive.take({ source: 0, published: 100 * day, signature: wire })).toBeNull()
  expect(archive.find({ source: 1, published: 100 * day + COPY_WINDOW_MS, signature: wire })).toBe(1)
  expect(archive.find({ source: 1, published: 100 * day - COPY_WINDOW_MS, signature: wire })).toBe(1)
  expect(archive.find({ source: 1, published: 101 * day + COPY_WINDOW_MS, signature: wire })).toBeNull()
  expect(archive.find({ source: 1, published: 100 * day, signature: sign('', SAME_TOPIC) })).toBeNull()
  expect(archive.take({ source: 1, published: 101 * day, signature: wire })).toBe(1)
  expect(
    archive.take({ source: 2, published: 102 * day, signature: sign('', `${WIRE} ${SAME_TOPIC}`) }),
  ).toBe(1)
  archive.close()
})

test('a copy of a copy is a copy of the first that came, also where the copy bears the earlier date', () => {
  const archive = copiesArchive(3)
  const day = 86_400_000
  const wire = sign('', WIRE)
  expect(archive.take({ source: 0, published: 101 * day, signature: wire })).toBeNull()
  expect(archive.take({ source: 1, published: 100 * day, signature: wire })).toBe(1)
  expect(archive.take({ source: 2, published: 102 * day, signature: wire })).toBe(1)
  archive.close()
  // An archive may know a copy by its text as well.
  const copy = { id: 2, docid: 0, sourceId: 1, copyOf: 1, signature: toBytes(wire) }
  expect(originalOf(wire, 102 * day, 2, { candidates: () => [copy] })).toBe(1)
})

test('a story is compared with the first of a text, not with its copies: what only resembles a copy is another story', () => {
  const archive = copiesArchive(3)
  const both = sign('', `${WIRE} ${SAME_TOPIC}`)
  const other = sign('', SAME_TOPIC)
  expect([copied(sign('', WIRE), both), copied(both, other), copied(sign('', WIRE), other)]).toEqual([
    true,
    true,
    false,
  ])
  expect(archive.take({ source: 0, published: 0, signature: sign('', WIRE) })).toBeNull()
  expect(archive.take({ source: 1, published: 1, signature: both })).toBe(1)
  expect(archive.take({ source: 2, published: 2, signature: other })).toBeNull()
  archive.close()
})

test.skipIf(!hasSharedArchive)(
  'of a year of different news hardly anything is taken for a copy, and everything is found when it comes again',
  () => {
    const year = sharedLines()
      .filter((line) => line.startsWith('{"date":"2014'))
      .map((line) => JSON.parse(line) as ArchiveItem)
    const archive = copiesArchive(year.length)
    const originals: { id: number; source: number; published: number; signature: Signature }[] = []
    let copies = 0
    let id = 0
    year.forEach(({ date, text }, source) => {
      const made = signed('', text)
      if (made === null) return
      const story = { source, published: Date.parse(date), signature: made }
      id++
      if (archive.take(story) !== null) copies++
      else originals.push({ id, ...story })
    })
    expect(year.length).toBeGreaterThan(3000)
    expect(copies).toBeLessThan(year.length * 0.004)
    expect(originals.filter((original) => archive.find(original) !== original.id)).toEqual([])
    archive.close()
  },
)
