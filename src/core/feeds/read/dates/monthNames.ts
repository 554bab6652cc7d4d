/** Month names in some 25 languages, known by how they begin. */

/** The beginnings of each month's names, lower case and without dots. Where several match, the longest decides. */
const BEGINNINGS: readonly string[] = [
  'jan ene gen янв січ студ ιαν oca sty led ian يناير كانونالثاني ינואר januar tam มกราคม มค jaan sausio sij јан',
  'feb fev fév fever фев лют φεβ sub şub lut uno úno فبراير شباط פברואר hel กุมภาพันธ์ กพ vee vasario velj феб',
  'mar mär mrz mae mrt maa мар бер сак μαρ μάρ bre bře مارس آذار מרץ maerz márc marc มีนาคม มีค kovo ožu ozu',
  'apr abr avr апр кві крас απρ nis kwi dub ابريل أبريل نيسان אפריל huh เมษายน เมย ápr balandžio tra',
  'may mai mag maj máj maio mei май мая мај тра μαι μάι μαϊ kve kvě مايو أيار מאי tou พฤษภาคม พค gegužės svi',
  'jun jún juin giu июн чер июня чэр ιουν ιούν haz cze červn cervn iun يونيو حزيران יוני kes มิถุนายน มิย юни јун birželio',
  'jul júl juil lug июл лип ліп ιουλ ιούλ tem lip červenc cervenc iul يوليو تموز יולי hei กรกฎาคม กค юли јул liepos',
  'aug ago aoû aou авг сер жні αυγ αύγ ağu agu sie srp أغسطس اغسطس آب אוגוסט elo สิงหาคม สค rugpjūčio kol',
  'sep set сен вер σεπ eyl wrz září zári zář zar سبتمبر أيلول ספטמבר syy กันยายน กย szept сеп rugsėjo ruj вера',
  'oct okt out ott окт жов кас οκτ eki paź paz říj rij أكتوبر اكتوبر אוקטובר lok ตุลาคม ตค spalio',
  'nov ноя лис νοε νοέ kas lis نوفمبر נובמבר marras พฤศจิกายน พย ное нов lapkričio stu лістап',
  'dec dez dic déc des дек гру снеж δεκ ara gru pro ديسمبر דצמבר jou ธันวาคม ธค дец det gruodžio pros',
]

const MONTH_BY_BEGINNING = new Map(
  BEGINNINGS.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
)
const LONGEST = Math.max(...[...MONTH_BY_BEGINNING.keys()].map((name) => name.length))

/** 1 … 12 for a month's name or abbreviation in any case, with or without dots; undefined for any other word. */
export function monthOf(word: string): number | undefined {
  const plain = word.toLowerCase().normalize('NFC').replace(/[.\s]/g, '')
  for (let length = Math.min(plain.length, LONGEST); length >= 2; length--) {
    const month = MONTH_BY_BEGINNING.get(plain.slice(0, length))
    if (month !== undefined) return month
  }
  return undefined
}
