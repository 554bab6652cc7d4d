import { expect, test } from 'vitest'
import { readDate, styleOf } from './dates.ts'

const reads = (text: string): string | null => {
  const ms = readDate(text)
  return ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z')
}

test.each([
  ['Thu, 01 Jan 2004 19:48:21 GMT', '2004-01-01T19:48:21Z'],
  ['Thu, 1 Jan 04 19:48 EST', '2004-01-02T00:48:00Z'],
  ['Thu,01 Jan 2004 9:5:1 +0530 (IST)', '2004-01-01T03:35:01Z'],
  ['01 January 2004 19:48:21 -08:00', '2004-01-02T03:48:21Z'],
  ['Sat, 07 Sep 2002 24:00:01 GMT', '2002-09-08T00:00:01Z'],
  ['31 Dec 69 00:00 GMT', '1969-12-31T00:00:00Z'],
])('RFC 822: %s', (text, expected) => expect(reads(text)).toBe(expected))

test.each([
  ['2003', '2003-01-01T00:00:00Z'],
  ['2003-12', '2003-12-01T00:00:00Z'],
  ['2003-12-31T10:14:55-08:00', '2003-12-31T18:14:55Z'],
  ['2003-12-31 10:14:55.25Z', '2003-12-31T10:14:55.250Z'],
  ['20031231T101455Z', '2003-12-31T10:14:55Z'],
  ['2003-365', '2003-12-31T00:00:00Z'],
  ['2025-W19-5', '2025-05-09T00:00:00Z'],
  ['2004-05-28T11:34+02', '2004-05-28T09:34:00Z'],
])('ISO 8601 and W3C: %s', (text, expected) => expect(reads(text)).toBe(expected))

test.each([
  ['Sun Jan  4 16:29:06 PST 2004', '2004-01-05T00:29:06Z'],
  ['2020/1/10 14:33:00', '2020-01-10T14:33:00Z'],
  ['5/9/2025 6:30 PM', '2025-05-09T18:30:00Z'],
  ['13/9/2025', '2025-09-13T00:00:00Z'],
  ['09.05.2025 18:30', '2025-05-09T18:30:00Z'],
  ['Friday, May 9, 2025 12:30 am EDT', '2025-05-09T04:30:00Z'],
  ['1746800000', '2025-05-09T14:13:20Z'],
  ['1746800000123', '2025-05-09T14:13:20.123Z'],
])('the usual wrong ones: %s', (text, expected) => expect(reads(text)).toBe(expected))

test.each([
  ['пт, 09 мая 2025 18:00:00 +0300', '2025-05-09T15:00:00Z'],
  ['9 травня 2025', '2025-05-09T00:00:00Z'],
  ['mar., 06 mai 2025 10:00:00 +0200', '2025-05-06T08:00:00Z'],
  ['Mi, 07 Mär 2025 10:00:00 +0100', '2025-03-07T09:00:00Z'],
  ['Mié, 07 Mayo 2025 10:00 GMT', '2025-05-07T10:00:00Z'],
  ['1 août 2025', '2025-08-01T00:00:00Z'],
  ['Δευ, 05 Μαϊ 2025 10:00:00 +0300', '2025-05-05T07:00:00Z'],
  ['2025年5月9日 18:30', '2025-05-09T18:30:00Z'],
  ['2004-05-25 오후 11:23:17', '2004-05-25T23:23:17Z'],
  ['9 Mayıs 2025', '2025-05-09T00:00:00Z'],
])('months of other languages: %s', (text, expected) => expect(reads(text)).toBe(expected))

test.each([
  '',
  '  ',
  'soon',
  'May',
  '12',
  'Fri, 31 Feb 2025 10:00:00 GMT',
  'Fri, 32 Mai 2025 25:61',
  '2025-13-01',
  '0000-00-00',
])('%j is no date', (text) => expect(readDate(text)).toBeNull())

const inStyle = (text: string, language: string, others: string[] = []): string | null => {
  const ms = readDate(text, styleOf([text, ...others], language))
  return ms === null ? null : new Date(ms).toISOString().replace(/:00\.000Z$/, 'Z')
}

test.each([
  ['8. lipnja 2025.', 'hr', '2025-06-08T00:00Z'],
  ['8. srpnja 2025.', '', '2025-07-08T00:00Z'],
  ['9. lip 2025.', 'hr', '2025-06-09T00:00Z'],
  ['9 lip 2025', 'pl', '2025-07-09T00:00Z'],
  ['9. srp 2025.', 'hr', '2025-07-09T00:00Z'],
  ['8. listopada 2025.', 'hr', '2025-10-08T00:00Z'],
  ['8 listopada 2025', 'pl', '2025-11-08T00:00Z'],
  ['8. 5. 2025', 'cs', '2025-05-08T00:00Z'],
  ['08. 05. 2025.', 'hr', '2025-05-08T00:00Z'],
  ['08. 05. 2025. 18:30', 'hr', '2025-05-08T18:30Z'],
  ['2025. 5. 8.', 'ko', '2025-05-08T00:00Z'],
  ['8 / 5 / 2025', 'fr', '2025-05-08T00:00Z'],
  ['9 mai 2025 à 18h30', 'fr', '2025-05-09T18:30Z'],
  ['9 mai 2025 18 h 30', 'fr', '2025-05-09T18:30Z'],
  ['9. Mai 2025, 18.30 Uhr', 'de', '2025-05-09T18:30Z'],
  ['9. Mai 2025, 18 Uhr', 'de', '2025-05-09T18:00Z'],
  ['9.5.2025 klo 18.30', 'fi', '2025-05-09T18:30Z'],
  ['9/5/2025 6:30 μ.μ.', 'el', '2025-05-09T18:30Z'],
  ['9/5/2025 6:30 p. m.', 'es', '2025-05-09T18:30Z'],
  ['٩ مايو ٢٠٢٥', 'ar', '2025-05-09T00:00Z'],
  ['९ मई २०२५', 'hi', '2025-05-09T00:00Z'],
  ['9 พฤษภาคม 2568', 'th', '2025-05-09T00:00Z'],
  ['9/5/2568 18:30', 'th', '2025-05-09T18:30Z'],
  ['民國114年5月9日', 'zh-tw', '2025-05-09T00:00Z'],
  ['令和7年5月9日 18:30', 'ja', '2025-05-09T18:30Z'],
  ['平成元年5月9日', 'ja', '1989-05-09T00:00Z'],
  ['۱۹ اردیبهشت ۱۴۰۴', 'fa', '2025-05-09T00:00Z'],
  ['11 ذو القعدة 1446', 'ar', '2025-05-09T00:00Z'],
])('%s in %j', (text, language, expected) => expect(inStyle(text, language)).toBe(expected))

test('one convention of day and month for a feed: its unambiguous dates decide, else its language', () => {
  expect(inStyle('5/9/2025', '')).toBe('2025-05-09T00:00Z')
  expect(inStyle('5/9/2025', 'en')).toBe('2025-05-09T00:00Z')
  expect(inStyle('5/9/2025', 'en-gb')).toBe('2025-09-05T00:00Z')
  expect(inStyle('5/9/2025', 'it')).toBe('2025-09-05T00:00Z')
  expect(inStyle('5/9/2025', '', ['31/8/2025'])).toBe('2025-09-05T00:00Z')
  expect(inStyle('5/9/2025', 'it', ['8/31/2025'])).toBe('2025-05-09T00:00Z')
})

test.each(['1970-01-01T00:00:00Z', 'Thu, 01 Jan 1970 01:00:00 +0000', '1970-01-20T05:13:20Z', '0'])(
  '%s is a field left empty, or seconds taken for milliseconds: no date',
  (text) => expect(readDate(text)).toBeNull(),
)
