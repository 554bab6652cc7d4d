/** Time zones as dates name them: by offset ("+0530", "GMT+2") or by abbreviation ("EST"). */

/** Minutes east of UTC; null for a name that is no known zone. */
export function minutesEast(zone: string): number | null {
  const name = zone.toLowerCase().replace(/[.\s]/g, '')
  const offset = /^(?:gmt|utc|ut|z)?\s*([+-])\s*(\d{1,2}):?(\d{2})?(?::?\d\d)?$/.exec(name)
  if (offset !== null) {
    // West of Greenwich no zone has quarters: "09:30-10:45" is from one time to another.
    if (offset[1] === '-' && /[14]5/.test(offset[3] ?? '')) return null
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return minutes > MOST_MINUTES ? null : offset[1] === '-' ? -minutes : minutes
  }
  return ABBREVIATIONS[name] ?? null
}

/** Minutes east of UTC of a place ("Europe/Paris") at a moment of its own clock; 0 for a place that nobody knows. */
export function minutesEastAt(place: string, clock: number): number {
  const offset = (moment: number): number => minutesEast(nameOf(place, 'longOffset', moment)) ?? 0
  try {
    // Right but for the hour in which the clocks are changed.
    return offset(clock - offset(clock) * 60_000)
  } catch {
    return 0
  }
}

/** The place whose clock a date names: "Europe/Paris", "4:30 p.m. ET", "Moscow time", "北京时间"; undefined where it names none. */
export function placeNamed(text: string): string | undefined {
  const place = PLACE.exec(text)?.[0]
  if (place !== undefined) return place
  const short = /(?:\d|[mM]\.?|\()\s?(ET|CT|MT|PT)(?![\p{L}\d])/u.exec(text)?.[1]
  if (short !== undefined) return SHORT[short]
  const named = NAMED.exec(text.normalize('NFKC').toLowerCase())
  if (named === null) return undefined
  const [name, , city] = named
  if (city !== undefined) return longNames().get(`${city} time`)
  // "10:00 am pacific daylight time": of the words before "time", as many as name a zone.
  const words = name.split(/\s+/)
  for (let from = 0; from < words.length; from++) {
    const zone = longNames().get(words.slice(from).join(' '))
    if (zone !== undefined) return zone
  }
  return undefined
}

/** What may be the name of a zone: "pacific daylight time", "heure de paris", 北京时间, "по московскому времени". */
const NAMED =
  /(heure de|hora de|ora di) (\p{L}+)|(?:\p{L}+ ){1,4}time(?!\p{L})|\p{Script=Han}{2}[时時][间間]|한국\s?시간|\p{L}+ врем(?:я|ени)(?!\p{L})/u

const PLACE =
  /(?<![\w/])(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z_/-]+/

/** Of zones that change their clocks, either half of the year by one name. */
const SHORT: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  CT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
}

/** Names that CLDR has in no language that is asked here. */
const LONG: Readonly<Record<string, string>> = {
  'eastern time': 'America/New_York',
  'central time': 'America/Chicago',
  'mountain time': 'America/Denver',
  'pacific time': 'America/Los_Angeles',
  'beijing time': 'Asia/Shanghai',
  北京时间: 'Asia/Shanghai',
  北京時間: 'Asia/Shanghai',
  台北時間: 'Asia/Taipei',
  台灣時間: 'Asia/Taipei',
  香港時間: 'Asia/Hong_Kong',
  日本時間: 'Asia/Tokyo',
  한국시간: 'Asia/Seoul',
  'московское время': 'Europe/Moscow',
  'московскому времени': 'Europe/Moscow',
  'киевскому времени': 'Europe/Kyiv',
  'минскому времени': 'Europe/Minsk',
}

let long: ReadonlyMap<string, string> | undefined
/** Zones by "eastern standard time", "central european summer time", "london time" … in lower case. Made when a date first needs them. */
function longNames(): ReadonlyMap<string, string> {
  if (long !== undefined) return long
  const made = new Map(Object.entries(LONG))
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const city = zone.split('/').at(-1)?.replaceAll('_', ' ').toLowerCase() ?? ''
    if (city !== '' && !made.has(`${city} time`)) made.set(`${city} time`, zone)
  }
  made.set('kyiv time', 'Europe/Kyiv').set('kiev time', 'Europe/Kyiv')
  for (const zone of SEASONAL)
    for (const at of [Date.UTC(2025, 0, 1), Date.UTC(2025, 6, 1)])
      made.set(nameOf(zone, 'long', at).toLowerCase(), nameOf(zone, 'longOffset', at).slice('GMT'.length))
  long = made
  return long
}

/** Zones whose long names say the half of the year ("pacific daylight time"), or that are called by no city. */
const SEASONAL =
  'America/New_York America/Chicago America/Denver America/Los_Angeles America/Anchorage America/Halifax America/St_Johns America/Sao_Paulo Europe/Paris Europe/Athens Asia/Shanghai Asia/Tokyo Asia/Seoul Asia/Kolkata Asia/Kathmandu Asia/Manila Asia/Jakarta Asia/Bangkok Asia/Karachi Asia/Jerusalem Asia/Dubai Africa/Lagos Africa/Nairobi Africa/Johannesburg Australia/Sydney Australia/Adelaide Australia/Perth Pacific/Auckland Pacific/Honolulu'.split(
    ' ',
  )

function nameOf(timeZone: string, timeZoneName: 'long' | 'longOffset', at: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

/** The zone furthest from UTC today is +14:00: more was no zone. */
const MOST_MINUTES = 15 * 60

/** Of an abbreviation that several zones share, the one that feeds mean most often: IST is India's, CST America's. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
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
  hnec: 60,
  heec: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  мск: 180,
  msd: 240,
  trt: 180,
  gst: 240,
  pkt: 300,
  wib: 420,
  wita: 480,
  wit: 540,
  npt: 345,
  mmt: 390,
  slst: 330,
  irst: 210,
  uzt: 300,
  almt: 300,
  cot: -300,
  pet: -300,
  vet: -240,
  bot: -240,
  uyt: -180,
  chst: 600,
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
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
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
