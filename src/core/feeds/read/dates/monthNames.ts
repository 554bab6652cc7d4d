/** Month names, from CLDR by way of Intl, in the forms of dates and of calendars; and by how they begin, for forms it lacks. */

/** Languages of feeds whose months are known. */
export const LANGUAGES =
  'en ru uk be bg sr sr-Latn mk hr bs sl sk cs pl lt lv et fi sv da nb nn is nl af de fr es it pt pt-PT ca gl eu ro hu tr az kk ky uz el sq hy ka ar ar-SY ar-DZ ar-MA fa ps ur he hi mr ne bn pa gu ta te ml kn si th lo my km id ms fil sw vi ga cy eo lb mn ja ko zh zh-TW'.split(
    ' ',
  )

/** The beginnings of each month's names, lower case and without dots. Where several match, the longest decides. */
const BEGINNINGS: readonly string[] = [
  'jan jän ene gen янв січ студ ιαν oca sty led ian يناير كانونالثاني ינואר januar tam มกราคม มค jaan sausio sij јан',
  'feb feber fev fév fever фев лют φεβ sub şub lut uno úno فبراير شباط פברואר hel กุมภาพันธ์ กพ vee vasario velj феб',
  'mar mär mrz mae mrt maa мар бер сак μαρ μάρ bre bře مارس آذار מרץ maerz márc marc มีนาคม มีค kovo ožu ozu',
  'apr abr avr अप्रेल апр кві крас απρ nis kwi dub ابريل أبريل نيسان אפריל huh เมษายน เมย ápr balandžio tra',
  'may mai mag maj máj maio mei май мая мај тра μαι μάι μαϊ kve kvě مايو أيار מאי tou พฤษภาคม พค gegužės svi මැයි',
  'jun jún juin giu июн чер июня чэр ιουν ιούν haz cze červn cervn iun يونيو حزيران יוני kes มิถุนายน มิย юни јун birželio',
  'jul júl juil lug июл лип ліп ιουλ ιούλ tem lip červenc cervenc iul يوليو تموز יולי hei กรกฎาคม กค юли јул liepos',
  'aug ago aoû aou авг сер жні αυγ αύγ ağu agu sie srp أغسطس اغسطس آب אוגוסט elo สิงหาคม สค rugpjūčio kol',
  'sep set сен вер σεπ eyl wrz září zári zář zar سبتمبر أيلول ספטמבר syy กันยายน กย szept сеп rugsėjo ruj вера',
  'oct okt out अक्तूबर अक्टूबर ott окт жов кас οκτ eki paź paz říj rij أكتوبر اكتوبر אוקטובר lok ตุลาคม ตค spalio',
  'nov ноя лис νοε νοέ kas lis نوفمبر נובמבר marras พฤศจิกายน พย ное нов lapkričio stu лістап',
  'dec dez dic déc des дек гру снеж δεκ ara gru pro ديسمبر דצמבר jou ธันวาคม ธค дец det gruodžio pros',
]

/** Names that other words begin with: May in Persian as most write it, which "of our era" begins with. */
const EXACT: Readonly<Record<string, number>> = { [foldedMonth('می')]: 5 }

const MONTH_BY_BEGINNING = new Map(
  BEGINNINGS.flatMap((names, index) =>
    names.split(' ').map((name) => [foldedMonth(name), index + 1] as const),
  ),
)
const LONGEST_BEGINNING = 16

/** A word or some words that name a month, by language. */
type Months = ReadonlyMap<string, number>

/**
 * 1 … 12 for a month's name or abbreviation in any case, with or without dots; undefined for any other word.
 * @param language of the feed, BCP 47, or '': "lip" is June in Croatian and July in Polish
 */
export function monthOf(word: string, language = ''): number | undefined {
  const plain = foldedMonth(word)
  if (plain.length < 2 && plain < '\u1000') return undefined
  const known = names().words.get(plain)
  if (known !== undefined) {
    const own = known.get(language) ?? known.get(language.split('-')[0] as string)
    if (own !== undefined) return own
    const months = new Set(known.values())
    if (months.size === 1) return [...months][0]
    const begun = byBeginning(plain)
    return begun !== undefined && months.has(begun) ? begun : [...months][0]
  }
  if (EXACT[plain] !== undefined) return EXACT[plain]
  const bare = names().bare.get(withoutMarks(plain))
  if (bare !== undefined)
    return bare.get(language) ?? bare.get(language.split('-')[0] as string) ?? [...bare.values()][0]
  // Basque and others append endings to a name.
  for (let length = plain.length - 1; length >= 4; length--)
    if (names().words.has(plain.slice(0, length))) return monthOf(plain.slice(0, length), language)
  // Hebrew puts "in" before the name.
  if (plain.startsWith('ב')) return monthOf(plain.slice(1), language)
  return byBeginning(plain)
}

/** True if the word is a month's name or abbreviation in some language, not only something that begins like one. */
export function isMonth(word: string): boolean {
  const plain = foldedMonth(word)
  return names().words.has(plain) || names().bare.has(withoutMarks(plain)) || MONTH_BY_BEGINNING.has(plain)
}

/** True if the word is a month's name in that very language. */
export function isMonthIn(word: string, language: string): boolean {
  const known = names().words.get(foldedMonth(word))
  return known !== undefined && (known.has(language) || known.has(language.split('-')[0] as string))
}

function byBeginning(plain: string): number | undefined {
  for (let length = Math.min(plain.length, LONGEST_BEGINNING); length >= 2; length--) {
    const month = MONTH_BY_BEGINNING.get(plain.slice(0, length))
    if (month !== undefined) return month
  }
  return undefined
}

/** A text with the months that are several words ("tháng 5", "كانون الثاني") as one: "#5#". */
export function withMarkedMonths(text: string): string {
  const numbered = /(?<!\d)(\d{1,2})\s?[月월]/.exec(text)
  if (numbered !== null) return text.replace(numbered[0], ` #${numbered[1]}# `)
  const lower = withPlainAlefs(text.toLowerCase())
  for (const [name, month] of names().phrases) {
    const at = lower.indexOf(name)
    if (at === -1 || /[\d\p{L}]/u.test(lower.charAt(at - 1))) continue
    if (/\d$/.test(name) && /\d/.test(lower.charAt(at + name.length))) continue
    return `${text.slice(0, at)} #${month}# ${text.slice(at + name.length)}`
  }
  return text
}

/** The form that months are compared in: lower case without dots; Turkish has two letters i. */
function foldedMonth(word: string): string {
  return (
    word
      .toLowerCase()
      .normalize('NFC')
      .replace(/\u0307|[.\s'’]|\u200c|\u200d|\u200e|\u200f|\u05f3|\u0970/g, '')
      .replace(/ı/g, 'i')
      .replace(/[أإآٱ]/g, 'ا')
      .replace(/[ىی]/g, 'ي')
      .replace(/ک/g, 'ك')
      // Hindi writes the nasal before a consonant as a letter or as a dot, and its dots below not always.
      .replace(/\u093c/g, '')
      .replace(/[मनणञङ]\u094d(?=[क-म])/g, '\u0902')
  )
}

/** As long as the text itself. */
const withPlainAlefs = (text: string): string => text.replace(/[أإآٱ]/g, 'ا')

/** A name as those write it who leave its accents out. */
const withoutMarks = (name: string): string => name.normalize('NFD').replace(/[\u0300-\u036f]/g, '')

interface Names {
  readonly words: ReadonlyMap<string, Months>
  /** The same without their accents, where that is another word and names one month. */
  readonly bare: ReadonlyMap<string, Months>
  /** Lower case, longest first. */
  readonly phrases: readonly (readonly [name: string, month: number])[]
}
let made: Names | undefined

/** Made when a feed first needs them: a tenth of a second. */
function names(): Names {
  if (made !== undefined) return made
  const words = new Map<string, Map<string, number>>()
  const phrases = new Map<string, number>()
  for (const language of LANGUAGES)
    for (const style of ['long', 'short'] as const)
      for (const more of [{ day: 'numeric', year: 'numeric' }, {}] as const) {
        const format = new Intl.DateTimeFormat(language, {
          month: style,
          ...more,
          calendar: 'gregory',
          timeZone: 'UTC',
        })
        for (let month = 1; month <= 12; month++) {
          const parts = format.formatToParts(Date.UTC(2025, month - 1, 9))
          const written = (parts.find(({ type }) => type === 'month')?.value ?? '').trim()
          if (written === '' || /^\d+\D?$/.test(written)) continue
          const name = foldedMonth(written)
          if (/\s/.test(written) || /\d/.test(written))
            phrases.set(withPlainAlefs(written.toLowerCase()), month)
          // Of Chinese and Korean months the number is what is read.
          const tags = words.get(name) ?? new Map<string, number>()
          if (!tags.has(language)) tags.set(language, month)
          words.set(name, tags)
        }
      }
  const bare = new Map<string, Map<string, number>>()
  for (const [name, tags] of words) {
    const plain = withoutMarks(name)
    if (plain === name || words.has(plain) || plain.length < 4) continue
    bare.set(plain, new Map([...(bare.get(plain) ?? []), ...tags]))
  }
  for (const [name, tags] of bare) if (new Set(tags.values()).size > 1) bare.delete(name)
  made = { words, bare, phrases: [...phrases].sort(([a], [b]) => b.length - a.length) }
  return made
}
