import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextWords } from '../match/tokenise.ts'
import { fold, mayReadOtherwise, WORDS_RULE } from './clusters.ts'
import { exactForms, FirstUnits, foldValue, type WordList, words } from './words.ts'

const folded = (text: string) => words(text).folded

test.each([
  ['Russia-China', ['russia', 'china']],
  ["Xi's", ['xi', 's']],
  ['U.S.', ['u', 's']],
  ['普京', ['普', '京']],
  ['习近平访俄2025年', ['习', '近', '平', '访', '俄', '2025', '年']],
  ['café CAFÉ cafe\u0301', ['cafe', 'cafe', 'cafe']],
  ['ёлка Й и\u0306 Київ ўсе', ['елка', 'й', 'й', 'київ', 'ўсе']],
  [
    'Łódź Ørsted Straße Æther œuvre Đorđe þing ısı',
    ['lodz', 'orsted', 'strasse', 'aether', 'oeuvre', 'dorde', 'thing', 'isi'],
  ],
  ['İstanbul', ['istanbul']],
  ['Όμηρος ΟΔΟΣ', ['ομηροσ', 'οδοσ']],
  ['so\u00adft zero\u200bwidth', ['soft', 'zerowidth']],
  ['ﬁnance ＥＵ', ['finance', 'eu']],
  ['كِتَابٌ', ['كتاب']],
  ['שָׁלוֹם', ['שלום']],
  ['أحمد إيران آسيا ٱلله', ['احمد', 'ايران', 'اسيا', 'الله']],
  ['ا\u0654حمد ا\u0655يران ا\u0653سيا ﺃحمد ﻵ', ['احمد', 'ايران', 'اسيا', 'احمد', 'لا']],
  ['مصطفى ایران کابل كابل', ['مصطفي', 'ايران', 'كابل', 'كابل']],
  ['مدرسة مؤتمر رئيس مدرسه', ['مدرسة', 'مؤتمر', 'رئيس', 'مدرسه']],
  ['إيـــران', ['ايران']],
  [
    '٢٠٢٥ ۱۴۰۴ २०२५ ২০২৫ ๒๕๖๘ ２０２５ 𞥒𞥐𞥒𞥕 𝟚𝟘',
    ['2025', '1404', '2025', '2025', '2568', '2025', '2025', '20'],
  ],
  ['ปี๒๕๖๘ ก๑ข', ['ปี', '2568', 'ก', '1', 'ข']],
  ['G٧ Ⅳ ½ ②', ['g7', 'iv', '1', '2', '2']],
  ['हिन्दी समाचार', ['हिन्दी', 'समाचार']],
  ['한국 뉴스', ['한국', '뉴스']],
  ['\u1112\u1161\u11ab', ['한']],
  ['コーヒー', ['コ', 'ー', 'ヒ', 'ー']],
  ['ที่นี่', ['ที่', 'นี่']],
  ['𠀀𠀁', ['𠀀', '𠀁']],
  ['oil 🔥 gas', ['oil', 'gas']],
  ['G7 5G 10:30', ['g7', '5g', '10', '30']],
  ['\ud800abc', ['abc']],
])('%s has the words %j', (text, expected) => {
  expect(folded(text)).toEqual(expected)
})

test('offsets point into the original text', () => {
  const text = 'Der Straße —  café 普京'
  const { starts, ends } = words(text)
  expect(starts.map((start, i) => text.slice(start, ends[i]))).toEqual(['Der', 'Straße', 'café', '普', '京'])
})

test('exact forms keep case and accents, at the same indexes', () => {
  expect(exactForms('The US café ＥＵ')).toEqual(['The', 'US', 'café', 'EU'])
})

test('a value is folded whole', () => {
  expect(foldValue(' BBC  Wörld-News ')).toBe('bbc world news')
})

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'أإآٱاىیيکكةهؤئـ\u0653\u0654\u0655\u064e٢۲2๒ก -\u200c\ufefb\ufe83') }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(...'aÉß\u0301\u0306и普ーท\u0e35 -\u00ad\u200dﬁ½가\u11a8كَש\u05c1Σς\ud83d\ude00'),
  }),
)

test('a slice by the offsets holds just that word', () => {
  fc.assert(
    fc.property(text, (t) => {
      const { folded, starts, ends } = words(t)
      for (let i = 0; i < folded.length; i++) {
        expect(starts[i]).toBeLessThan(ends[i] as number)
        expect(words(t.slice(starts[i], ends[i])).folded).toContain(folded[i])
      }
      for (let i = 1; i < folded.length; i++)
        expect(starts[i]).toBeGreaterThanOrEqual(starts[i - 1] as number)
    }),
    { numRuns: 2000 },
  )
})

test('folding twice changes nothing', () => {
  fc.assert(
    fc.property(text, (t) => {
      for (const word of words(t).folded) expect(fold(word)).toBe(word)
      const once = words(t).folded
      expect(words(once.join(' ')).folded).toEqual(once)
    }),
    { numRuns: 2000 },
  )
})

test('digits of every script are read by their value', () => {
  for (let code = 0; code < 0x20000; code++) {
    const c = String.fromCodePoint(code)
    if (!/\p{Nd}/u.test(c)) continue
    const [word = ''] = folded(c)
    expect(word).toMatch(/^[0-9]$/)
    // Unicode numbers each row of ten from its zero.
    const next = String.fromCodePoint(code + 1)
    if (word !== '9') expect(folded(next)).toEqual([String(Number(word) + 1)])
  }
})

test('offsets of Arabic and of digits point into the original text', () => {
  const text = 'قال أحـمد في إِيران عام ٢٠٢٥ وปี๒๕'
  const { starts, ends } = words(text)
  expect(starts.map((start, i) => text.slice(start, ends[i]))).toEqual([
    ...['قال', 'أحـمد', 'في', 'إِيران', 'عام', '٢٠٢٥', 'و', 'ปี', '๒๕'],
  ])
})

test('what a rule reads otherwise is a text that may read otherwise', () => {
  for (const t of ['أحمد', 'ﺃ', 'ا\u0654', 'عام ٢٠٢٥', '२', '𞥒', 'ปี๒'])
    expect(mayReadOtherwise(t, 1), t).toBe(true)
  for (const t of ['Ahmad 2025', '普京', 'שלום', 'Київ', 'ปี']) expect(mayReadOtherwise(t, 1), t).toBe(false)
  expect(mayReadOtherwise('أحمد', WORDS_RULE)).toBe(false)
})

test('words of two texts apart are the words of each', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(words(`${a} ${b}`).folded).toEqual([...words(a).folded, ...words(b).folded])
    }),
    { numRuns: 1000 },
  )
})

test('exact forms stand at the indexes of the words', () => {
  fc.assert(
    fc.property(text, (t) => {
      const exact = exactForms(t)
      const { folded } = words(t)
      expect(exact.length).toBe(folded.length)
      expect(exact.map(fold)).toEqual(folded)
    }),
    { numRuns: 2000 },
  )
})

/** A word that two readings met in different spellings has two numbers. */
const plain = ({ folded, starts, ends }: WordList) => ({ folded, starts, ends })

test('the fast loop reads what reading cluster by cluster reads', () => {
  fc.assert(
    fc.property(text, (t) => {
      expect(plain(words(t))).toEqual(plain(words(t, { byCluster: true })))
      expect(exactForms(t)).toEqual(exactForms(t, { byCluster: true }))
    }),
    { numRuns: 3000 },
  )
  // A mark that folds to nothing, before a separator.
  expect(exactForms('\ufe7d \u2c00')).toEqual(['\u2c00'])
  // Every unit alone, between letters, and before each kind of follower.
  for (let unit = 0; unit < 65_536; unit++) {
    const c = String.fromCharCode(unit)
    const t = `${c} a${c}b${c}\u0301Ö${c}`
    const [fast, slow] = [words(t), words(t, { byCluster: true })]
    if (fast.folded.join() !== slow.folded.join() || fast.ends.join() !== slow.ends.join())
      expect(plain(fast), unit.toString(16)).toEqual(plain(slow))
  }
})

test('a text read by numbers has the words and forms of one read whole', () => {
  const check = (t: string) => {
    const fields = [0, 1].map(() => new TextWords('text', t))
    const [numbers, whole] = fields as [TextWords, TextWords]
    const { starts, ends } = numbers.offsets
    const all = whole.list
    expect({ starts, ends }).toEqual({ starts: all.starts, ends: all.ends })
    const exact = exactForms(t)
    for (let i = 0; i <= all.folded.length; i++) {
      const [word, form] = [numbers.word(i), numbers.exact(i)]
      if (word !== all.folded[i] || form !== exact[i])
        expect({ i, word, form }).toEqual({ i, word: all.folded[i], form: exact[i] })
    }
    expect(numbers.numbers.ids.length).toBe(all.folded.length)
    expect(numbers.list).toEqual(all)
  }
  fc.assert(fc.property(text, check), { numRuns: 2000 })
  for (const t of ['', 'Der Straße ＥＵ café 普京 コーヒー', 'x'.repeat(100), 'a '.repeat(5000)]) check(t)
})

test('words that are left out leave the others at their positions', () => {
  fc.assert(
    fc.property(text, fc.nat(), (t, n) => {
      const all = words(t)
      const wanted = new FirstUnits()
      const one = all.folded[n % Math.max(1, all.folded.length)] ?? 'x'
      wanted.add(one)
      const some = words(t, { wanted })
      const positions = some.positions as number[]
      expect(some.folded).toEqual(positions.map((i) => all.folded[i]))
      expect(some.starts).toEqual(positions.map((i) => all.starts[i]))
      expect(some.ends).toEqual(positions.map((i) => all.ends[i]))
      all.folded.forEach((word, i) => {
        if (word[0] === one[0]) expect(positions).toContain(i)
      })
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ["п'ять", 'пʼять'],
  ["o'zbekiston", 'oʻzbekiston'],
  ["qur'an", 'Qurʾan'],
  ['葛', '葛\u{e0100}'],
  ['1', '1\ufe0f\u20e3'],
  ['هند', 'ہند'],
  ['خانه', 'خانۀ'],
  ['hal', 'Ħal'],
  ['ന്‍', 'ൻ'],
  ['น้ำ', 'น\u0e4d\u0e49า'],
  ['กำ', 'ก\u0e4dา'],
])('%s and %s are one for their readers', (a, b) => {
  expect(words(b).folded).toEqual(words(a).folded)
  expect(words(b, { byCluster: true }).folded).toEqual(words(a).folded)
  expect(mayReadOtherwise(b, 2)).toBe(true)
})
