/** Time zones as dates name them: by offset ("+0530", "GMT+2") or by abbreviation ("EST"). */

/** Minutes east of UTC; null for a name that is no known zone. */
export function minutesEast(zone: string): number | null {
  const name = zone.toLowerCase().replace(/[.\s]/g, '')
  const offset = /^(?:gmt|utc|ut|z)?\s*([+-])\s*(\d{1,2}):?(\d{2})?(?::?\d\d)?$/.exec(name)
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return minutes > MOST_MINUTES ? null : offset[1] === '-' ? -minutes : minutes
  }
  return ABBREVIATIONS[name] ?? null
}

/** Minutes east of UTC of a place ("Europe/Paris") at a moment of its own clock; 0 for a place that nobody knows. */
export function minutesEastAt(place: string, clock: number): number {
  const offset = (moment: number): number => {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: place,
      timeZoneName: 'longOffset',
    }).formatToParts(moment)
    return minutesEast(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? 0
  }
  try {
    // Right but for the hour in which the clocks are changed.
    return offset(clock - offset(clock) * 60_000)
  } catch {
    return 0
  }
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
