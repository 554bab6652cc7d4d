/**
 * Dates as feeds write them → epoch ms. RFC 822/2822 with every usual fault, ISO 8601 and W3C-DTF in all their precisions,
 * C's asctime, numeric dates of several countries, month names in some 25 languages, epoch seconds.
 */

/** Epoch ms, or null where no date can be read. A date without a zone is UTC; a part that is missing is its first value. */
export function readDate(written: string): number | null {
  const text = written.trim().slice(0, 100)
  if (text === '') return null
  return rfc822(text) ?? iso(text) ?? epoch(text) ?? loose(text)
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A feed's story is neither older than print nor later than this: outside it the text was not a date. */
const EARLIEST = Date.UTC(1400, 0, 1)
const LATEST = Date.UTC(9999, 11, 31)

interface Parts {
  year: number
  /** 1 … 12 */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** Minutes east of UTC. */
  zone: number
}

function instant({ year, month, day, hour, minute, second, zone }: Parts): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second >= 62) return null
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  // 31 February is no date; many calendars still print 29 to 31 for a shorter month's last day.
  if (date.getUTCMonth() !== month - 1) return null
  const ms = date.getTime() + hour * HOUR + minute * MINUTE + Math.trunc(second * SECOND) - zone * MINUTE
  return ms >= EARLIEST && ms <= LATEST ? ms : null
}

/** Most feeds write exactly this: no need to try the rest. */
const RFC822 =
  /^(?:[a-z]{3},\s)?(\d\d?)\s(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s(\d{4})\s(\d\d):(\d\d)(?::(\d\d))?\s([+-]\d{4}|gmt|utc)$/i

function rfc822(text: string): number | null {
  const found = RFC822.exec(text)
  if (found === null) return null
  const [, day, month, year, hour, minute, second, zone] = found
  return instant({
    year: Number(year),
    month: MONTH_BY_START.get((month as string).toLowerCase()) as number,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    zone: zoneOf(zone as string) ?? 0,
  })
}

/** 2025-05-09T16:30:00.123+08:00 and what is left of it; 2025-W19-5, 2025-129, 20250509T163000Z. */
const ISO =
  /^([+-]?\d{4})(?:-?(?:w(\d\d)(?:-?(\d))?|(\d\d)(?:-?(\d\d))?(?!\d)|(\d{3})(?!\d)))?(?:(?:t|\s+|\s*t\s*)(\d\d?)(?::?(\d\d)(?::?(\d\d(?:[.,]\d+)?))?)?)?\s*(z|utc|gmt|[a-z]{3,5}|[+-]\d\d:?\d\d|[+-]\d\d?)?$/i

function iso(text: string): number | null {
  const found = ISO.exec(text.replace(/[\u2010-\u2015\u2212]/g, '-'))
  if (found === null) return null
  const [, y, week, weekday, month, day, ordinal, hour, minute, second, zoneText] = found
  const year = Number(y)
  const zone = zoneText === undefined ? 0 : zoneOf(zoneText)
  if (zone === null) return null
  const time = {
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number((second ?? '0').replace(',', '.')),
    zone,
  }
  const first = instant({ year, month: Number(month ?? 1), day: Number(day ?? 1), ...time })
  if (first === null) return null
  if (ordinal !== undefined) {
    const count = Number(ordinal)
    return count >= 1 && count <= 366 ? first + (count - 1) * DAY : null
  }
  if (week !== undefined) {
    // ISO 8601: week 1 is the one with 4 January; weeks begin on Monday.
    const fourth = new Date(Date.UTC(year, 0, 4))
    const monday = 4 - ((fourth.getUTCDay() + 6) % 7)
    return first + (monday - 1 + (Number(week) - 1) * 7 + Number(weekday ?? 1) - 1) * DAY
  }
  return first
}

/** Seconds or milliseconds since 1970, as some generators write. */
function epoch(text: string): number | null {
  if (/^\d{10}$/.test(text)) return Number(text) * SECOND
  if (/^\d{13}$/.test(text)) return Number(text)
  return null
}

const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 60,
  bst: 60,
  ist: 330,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  msd: 240,
  trt: 180,
  gst: 240,
  pkt: 300,
  wib: 420,
  ict: 420,
  hkt: 480,
  cst8: 480,
  sgt: 480,
  pht: 480,
  awst: 480,
  kst: 540,
  jst: 540,
  acst: 570,
  acdt: 630,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  ast: -240,
  adt: -180,
  nst: -210,
  ndt: -150,
  brt: -180,
  art: -180,
  clt: -240,
  est: -300,
  et: -300,
  edt: -240,
  cst: -360,
  ct: -360,
  cdt: -300,
  mst: -420,
  mt: -420,
  mdt: -360,
  pst: -480,
  pt: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  sast: 120,
  cat: 120,
  eat: 180,
  wat: 60,
  a: -60,
  n: 60,
  m: -720,
  y: 720,
}

/** Minutes east of UTC; null where the name is none we know. */
function zoneOf(text: string): number | null {
  const name = text.toLowerCase().replace(/\./g, '')
  const offset = /^(?:gmt|utc|ut|z)?\s*([+-])\s*(\d{1,2}):?(\d{2})?(?::?\d\d)?$/.exec(name)
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return minutes > 15 * 60 ? null : offset[1] === '-' ? -minutes : minutes
  }
  return ZONES[name] ?? null
}

/** Month names by their folded beginnings; the numbers are 1 … 12. Longer beginnings win. */
const MONTHS: readonly (readonly string[])[] = [
  [
    'jan',
    'ene',
    'gen',
    'янв',
    'січ',
    'студ',
    'ιαν',
    'oca',
    'sty',
    'led',
    'ian',
    'يناير',
    'كانونالثاني',
    'ינואר',
    'januar',
    'tam',
    'มกราคม',
    'มค',
    'jaan',
    'sausio',
    'sij',
    'јан',
  ],
  [
    'feb',
    'fev',
    'fév',
    'fever',
    'фев',
    'лют',
    'φεβ',
    'sub',
    'şub',
    'lut',
    'uno',
    'úno',
    'فبراير',
    'شباط',
    'פברואר',
    'hel',
    'กุมภาพันธ์',
    'กพ',
    'vee',
    'vasario',
    'velj',
    'феб',
  ],
  [
    'mar',
    'mär',
    'mrz',
    'mae',
    'mrt',
    'maa',
    'мар',
    'бер',
    'сак',
    'μαρ',
    'μάρ',
    'bre',
    'bře',
    'مارس',
    'آذار',
    'מרץ',
    'maerz',
    'márc',
    'marc',
    'มีนาคม',
    'มีค',
    'kovo',
    'ožu',
    'ozu',
  ],
  [
    'apr',
    'abr',
    'avr',
    'апр',
    'кві',
    'крас',
    'απρ',
    'nis',
    'kwi',
    'dub',
    'ابريل',
    'أبريل',
    'نيسان',
    'אפריל',
    'huh',
    'เมษายน',
    'เมย',
    'ápr',
    'balandžio',
    'tra',
  ],
  [
    'may',
    'mai',
    'mag',
    'maj',
    'máj',
    'maio',
    'mei',
    'май',
    'мая',
    'мај',
    'тра',
    'μαι',
    'μάι',
    'μαϊ',
    'kve',
    'kvě',
    'مايو',
    'أيار',
    'מאי',
    'tou',
    'พฤษภาคม',
    'พค',
    'gegužės',
    'svi',
  ],
  [
    'jun',
    'jún',
    'juin',
    'giu',
    'июн',
    'чер',
    'июня',
    'чэр',
    'ιουν',
    'ιούν',
    'haz',
    'cze',
    'červn',
    'cervn',
    'iun',
    'يونيو',
    'حزيران',
    'יוני',
    'kes',
    'มิถุนายน',
    'มิย',
    'юни',
    'јун',
    'birželio',
    'lip.',
  ],
  [
    'jul',
    'júl',
    'juil',
    'lug',
    'июл',
    'лип',
    'ліп',
    'ιουλ',
    'ιούλ',
    'tem',
    'lip',
    'červenc',
    'cervenc',
    'iul',
    'يوليو',
    'تموز',
    'יולי',
    'hei',
    'กรกฎาคม',
    'กค',
    'юли',
    'јул',
    'liepos',
    'srp.',
  ],
  [
    'aug',
    'ago',
    'aoû',
    'aou',
    'авг',
    'сер',
    'жні',
    'αυγ',
    'αύγ',
    'ağu',
    'agu',
    'sie',
    'srp',
    'أغسطس',
    'اغسطس',
    'آب',
    'אוגוסט',
    'elo',
    'สิงหาคม',
    'สค',
    'rugpjūčio',
    'kol',
    'aug.',
  ],
  [
    'sep',
    'set',
    'сен',
    'вер',
    'σεπ',
    'eyl',
    'wrz',
    'září',
    'zári',
    'zář',
    'zar',
    'سبتمبر',
    'أيلول',
    'ספטמבר',
    'syy',
    'กันยายน',
    'กย',
    'szept',
    'сеп',
    'rugsėjo',
    'ruj',
    'вера',
  ],
  [
    'oct',
    'okt',
    'out',
    'ott',
    'окт',
    'жов',
    'кас',
    'οκτ',
    'eki',
    'paź',
    'paz',
    'říj',
    'rij',
    'أكتوبر',
    'اكتوبر',
    'אוקטובר',
    'lok',
    'ตุลาคม',
    'ตค',
    'spalio',
    'lis.',
  ],
  [
    'nov',
    'ноя',
    'лис',
    'νοε',
    'νοέ',
    'kas',
    'lis',
    'نوفمبر',
    'נובמבר',
    'mar.raskuu',
    'marras',
    'พฤศจิกายน',
    'พย',
    'ное',
    'нов',
    'lapkričio',
    'stu',
    'лістап',
  ],
  [
    'dec',
    'dez',
    'dic',
    'déc',
    'des',
    'дек',
    'гру',
    'снеж',
    'δεκ',
    'ara',
    'gru',
    'pro',
    'ديسمبر',
    'דצמבר',
    'jou',
    'ธันวาคม',
    'ธค',
    'дец',
    'det',
    'gruodžio',
    'pros',
  ],
]

const MONTH_BY_START = new Map(
  MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
)
const LONGEST_START = Math.max(...[...MONTH_BY_START.keys()].map((name) => name.length))

function monthOf(word: string): number | undefined {
  const plain = word.toLowerCase().normalize('NFC').replace(/[.\s]/g, '')
  for (let length = Math.min(plain.length, LONGEST_START); length >= 2; length--) {
    const month = MONTH_BY_START.get(plain.slice(0, length))
    if (month !== undefined) return month
  }
  return undefined
}

/** Everything else: the time by its colons, the month by its name, then what the remaining numbers can only be. */
function loose(written: string): number | null {
  let text = written
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\(.{0,40}?\)/g, ' ')
  const cjk = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?/.exec(text)
  let hour = 0
  let minute = 0
  let second = 0
  let zone: number | null = null

  const time =
    /(?:^|[\s,t日일T])(\d{1,2})[:시时時](\d{1,2})(?:[:분分](\d{1,2}(?:[.,]\d+)?))?/.exec(text) ??
    /\b(\d{1,2})[.h](\d\d)\s*(?:uhr|h|Uhr)\b()/.exec(text)
  if (time !== null) {
    hour = Number(time[1])
    minute = Number(time[2])
    second = Number((time[3] || '0').replace(',', '.'))
    const tail = text.slice(time.index + time[0].length)
    const half = /^\s*([ap])\.?m\.?/i.exec(tail)
    const before = /(上午|下午|오전|오후)\s*$/.exec(text.slice(0, time.index + 1))
    if (half !== null && hour <= 12) hour = (hour % 12) + (half[1]?.toLowerCase() === 'p' ? 12 : 0)
    if (before !== null && hour < 12 && (before[1] === '下午' || before[1] === '오후')) hour += 12
    const rest = half === null ? tail : tail.slice(half[0].length)
    const found =
      /^\s*((?:gmt|utc|ut|z)?\s*[+-]\s?\d{1,2}:?\d{0,2})(?![\d/])/i.exec(rest) ??
      /^\s*((?:[a-z]\.?){1,5})(?![a-z])/i.exec(rest)
    if (found !== null) zone = zoneOf((found[1] as string).replace(/\s/g, ''))
    // Not a zone: it stays, it may be the month or the year ("Thu Jan 1 00:00:00 UTC 2004").
    const consumed = found !== null && zone !== null ? found[0].length : 0
    text = `${text.slice(0, time.index)} ${rest.slice(consumed)}`
  }
  const clock = { hour, minute, second, zone: zone ?? 0 }
  if (cjk !== null)
    return instant({ year: Number(cjk[1]), month: Number(cjk[2]), day: Number(cjk[3]), ...clock })

  // ISO order with other separators, then day and month as numbers.
  const big = /(?:^|\D)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text)
  if (big !== null)
    return instant({ year: Number(big[1]), month: Number(big[2]), day: Number(big[3]), ...clock })
  const small = /(?:^|\D)(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d\d)(?!\d)/.exec(text)
  if (small !== null) {
    const [, first, separator, second_, y] = small
    const a = Number(first)
    const b = Number(second_)
    // "5/9/2025" is American, "9.5.2025" and "9-5-2025" are not; a number over 12 settles it.
    const monthFirst = b > 12 || (a <= 12 && separator === '/')
    return instant({
      year: fullYear(y as string),
      month: monthFirst ? a : b,
      day: monthFirst ? b : a,
      ...clock,
    })
  }

  const numbers: string[] = []
  const months: number[] = []
  for (const token of text.match(/\d+|[\p{L}\p{M}.]+/gu) ?? []) {
    const named = /^\d/.test(token) ? undefined : monthOf(token)
    if (/^\d/.test(token)) numbers.push(token)
    else if (named !== undefined) months.push(named)
  }
  // "mar. 6 mai": some weekdays begin like months; the weekday comes first.
  const month = months[1] ?? months[0]
  if (month === undefined || numbers.length === 0) return null
  // A year has four digits or an apostrophe's two; the day is the other number. "Thu, 01 Jan 04" is day first.
  const yearAt = numbers.findIndex((number) => number.length === 4)
  const year =
    yearAt !== -1
      ? numbers[yearAt]
      : numbers.length > 1
        ? Number(numbers[0]) > 31
          ? numbers[0]
          : numbers[1]
        : undefined
  if (year === undefined) return null
  const day = numbers.find(
    (number, index) =>
      number.length <= 2 && (yearAt !== -1 ? index !== yearAt : number !== year || index === 0),
  )
  return instant({ year: fullYear(year), month, day: Number(day ?? 1), ...clock })
}

function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length > 2) return year
  // POSIX: 69 … 99 are the last century.
  return year + (year >= 69 ? 1900 : 2000)
}
