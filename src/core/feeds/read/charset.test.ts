import { Buffer } from 'node:buffer'
import iconv from 'iconv-lite'
import { afterEach, expect, test, vi } from 'vitest'
import { charsetOf, decodeAs, isWhollyIn } from './charset.ts'
import { decode } from './decode.ts'

afterEach(() => vi.unstubAllGlobals())

/** A runtime whose ICU has Unicode and nothing else. */
function hideCharsets(): void {
  const Whole = TextDecoder
  vi.stubGlobal(
    'TextDecoder',
    class extends Whole {
      constructor(label = 'utf-8', options?: { fatal?: boolean }) {
        if (!/^utf-?(8|16)/i.test(label)) throw new RangeError(`The "${label}" encoding is not supported`)
        super(label, options)
      }
    },
  )
}

const texts: Record<string, string> = {
  gbk: '中俄元首会晤，双方签署联合声明',
  gb18030: '中俄元首会晤，双方签署联合声明',
  big5: '兩岸經貿論壇今日開幕，與會者眾',
  'euc-jp': '日本と中国の外相が会談した',
  shift_jis: '日本と中国の外相が会談した、ｶﾀｶﾅも',
  'euc-kr': '한중 정상회담이 오늘 열렸다',
  'windows-1251': 'Лавров провёл переговоры в Пекине',
  'koi8-r': 'Лавров провел переговоры в Пекине',
  'windows-1250': 'Příliš žluťoučký kůň úpěl ďábelské ódy',
  'iso-8859-7': 'Η Ελλάδα και η Κίνα υπέγραψαν συμφωνία',
  'windows-874': 'ไทยและจีนลงนามความตกลง',
}

test.each(Object.entries(texts))(
  '%s is read the same with and without the runtime’s own decoder',
  (charset, text) => {
    const bytes = iconv.encode(text, charset)
    expect(decodeAs(charset, bytes)).toBe(text)
    hideCharsets()
    expect(charsetOf(charset)).toBe(charset)
    expect(decodeAs(charset, bytes)).toBe(text)
    expect(isWhollyIn(charset, bytes)).toBe(true)
  },
)

test.each(Object.entries(texts))(
  'a feed that declares %s is read where the runtime lacks it, as where it has it',
  (charset, text) => {
    const feed = Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${charset}"?><rss><channel><title>`),
      iconv.encode(text, charset),
      Buffer.from('</title></channel></rss>'),
    ])
    const whole = decode(feed, '')
    expect(whole.text).toContain(text)
    hideCharsets()
    expect(decode(feed, '')).toEqual(whole)
  },
)

test('every label of the standard leads to the same charset with and without the runtime’s own decoder', () => {
  const labels = [
    ...[
      'GB2312',
      'x-gbk',
      'csBig5',
      'Big5-HKSCS',
      'SJIS',
      'ms932',
      'x-euc-jp',
      'KS_C_5601-1987',
      'latin1',
      'us-ascii',
    ],
    ...[
      'cp1251',
      'koi8',
      'l2',
      'greek',
      'tis-620',
      'x-mac-ukrainian',
      'iso-8859-9',
      'cp866',
      'ISO_8859-15',
      'logical',
    ],
  ]
  const native = labels.map((label) => charsetOf(label))
  expect(native).not.toContain(undefined)
  hideCharsets()
  expect(labels.map((label) => charsetOf(label))).toEqual(native)
})

test('a charset that some Node lacks is read too, and one that nobody reads is none', () => {
  expect(charsetOf('iso-8859-16')).toBe('iso-8859-16')
  expect(decodeAs('iso-8859-16', iconv.encode('Ştefan și Ionuț', 'iso-8859-16'))).toContain('tefan')
  expect(charsetOf('klingon')).toBeUndefined()
  hideCharsets()
  expect(charsetOf('iso-2022-jp')).toBeUndefined()
  expect(isWhollyIn('euc-kr', Buffer.from([0xc7, 0xff, 0x20]))).toBe(false)
})
