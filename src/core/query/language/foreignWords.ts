/**
 * Words that are operators in other products, or in the languages that their interfaces speak, by what they are here. Where a
 * script has capitals they count as such in capitals alone: in lower case they are ordinary words of somebody's language.
 */
const WORDS: Readonly<Record<string, string>> = {
  AND: 'PLUS UND ET Y И EN OG OCH SEKÄ ÉS VE ORAZ ȘI ΚΑΙ ТА TA JA DAN VÀ E I A І Й IR DHE VƏ ЖӘНЕ 和 与 與 及 且 并且 かつ 및 그리고 و اور וגם और तथा และ',
  OR: 'ODER OU O ИЛИ АБО LUB VEYA VAGY ELLER TAI NEBO ALEBO SAU ILI OF OFWEL ACCRUE ACCUM Ή OPPURE ABO ALBO ATAU HOẶC VÕI VAI ARBA EÐA OSE ЦИ НЕМЕСЕ 或 或者 または もしくは 또는 혹은 أو او یا או या अथवा หรือ',
  NOT: 'EXCEPT UNLESS WITHOUT MINUS EXCLUDING NICHT OHNE AUSSER SAUF NON PAS SANS NO SIN SALVO EXCEPTO MENOS SENZA NÃO NAO SEM НЕ БЕЗ NIE NIET ZONDER INTE IKKE EI NEM DEĞİL NE NU NI ANDNOT BUTNOT NOTIN UNDNICHT BUKAN TIDAK TANPA KHÔNG ΟΧΙ ΌΧΙ ΔΕΝ MITTE EKKI BEZ 非 不 不含 ليس وليس بدون לא ולא ללא नहीं ไม่',
  NEAR: 'NAHE NEBEN PROCHE CERCA VICINO BLISKO РЯДОМ YAKIN NÄRA AFTER FOLLOWS PROX PROXIMITY',
  'NEAR/20': 'SAME SENTENCE PARAGRAPH SENT PARA SATZ ABSATZ PHRASE WITH',
  'ONEAR/0': 'ADJ ADJACENT NEXT',
  ONEAR: 'BEFORE PRECEDES PRECEDING THEN FOLLOWEDBY FBY',
}
const OURS: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([ours, theirs]) => theirs.split(' ').map((word) => [word, ours] as const)),
)
/** The operator that a word in capitals is elsewhere; undefined for a word that is none, and for our own operators. */
export function foreignWord(text: string): string | undefined {
  const written = text.normalize('NFKC')
  if (written !== text && /^(AND|OR|NOT|O?NEAR)$/.test(written)) return written
  return OURS.get(written)
}

/**
 * Letters that are as often a name (vitamin E, Charles I, Model Y). Missed, they cost nothing: each means AND, and stands as a
 * word in nearly every text of its language.
 */
export const isLetterName = (text: string): boolean => /^[EIAYІЙ]$/.test(text)

/** Words of English, which in a text of nothing but capitals say no more than in lower case. */
export const isEnglish = (text: string): boolean => ENGLISH.has(text)
const ENGLISH = new Set(
  'PLUS OF O NO EN A I EXCEPT UNLESS WITHOUT MINUS EXCLUDING SANS SIN AFTER FOLLOWS SAME SENTENCE PARAGRAPH SENT PHRASE WITH ADJACENT NEXT BEFORE PRECEDES PRECEDING THEN TA JA DAN ET'.split(
    ' ',
  ),
)

/** How a person is told what stands in for it. */
export function replacing(ours: string): string {
  if (ours === 'NEAR/20')
    return 'sentences and paragraphs are not known. Write how many words may stand between: NEAR/20'
  if (ours === 'ONEAR/0') return 'side by side is written ONEAR/0'
  if (ours === 'ONEAR') return 'one word after another is written ONEAR'
  return ours === 'NOT' ? 'what must not occur follows NOT' : `the operator is written ${ours}`
}
