/**
 * Words that are operators in other products, or in the languages that their interfaces speak, by what they are here. They count
 * as such in capitals alone: in lower case they are ordinary words of somebody's language.
 */
const WORDS: Readonly<Record<string, string>> = {
  AND: 'PLUS UND ET Y И EN OG OCH SEKÄ ÉS VE ORAZ ȘI ΚΑΙ ТА',
  OR: 'ODER OU O ИЛИ АБО LUB VEYA VAGY ELLER TAI NEBO ALEBO SAU ILI OF OFWEL ACCRUE Ή',
  NOT: 'EXCEPT UNLESS WITHOUT MINUS EXCLUDING NICHT OHNE AUSSER SAUF NON PAS SANS NO SIN SALVO EXCEPTO MENOS SENZA NÃO NAO SEM НЕ БЕЗ NIE NIET ZONDER INTE IKKE EI NEM DEĞİL NE NU NI ANDNOT BUTNOT NOTIN UNDNICHT',
  NEAR: 'NAHE NEBEN PROCHE CERCA VICINO BLISKO РЯДОМ YAKIN NÄRA AFTER FOLLOWS',
  'NEAR/20': 'SAME SENTENCE PARAGRAPH SENT PARA SATZ ABSATZ PHRASE WITH',
  'ONEAR/0': 'ADJ ADJACENT NEXT',
  ONEAR: 'BEFORE PRECEDES PRECEDING THEN FOLLOWEDBY',
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

/** How a person is told what stands in for it. */
export function replacing(ours: string): string {
  if (ours === 'NEAR/20')
    return 'sentences and paragraphs are not known. Write how many words may stand between: NEAR/20'
  if (ours === 'ONEAR/0') return 'side by side is written ONEAR/0'
  if (ours === 'ONEAR') return 'one word after another is written ONEAR'
  return ours === 'NOT' ? 'what must not occur follows NOT' : `the operator is written ${ours}`
}
