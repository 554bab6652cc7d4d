/** Arabic words without what is written together with them. */

const ARABIC = /^[\u0620-\u064a]/
/** “and”, “then”, “with”, “as”, “for”, and the article. */
const BEFORE = /^(?:[وف]?(?:[بك]?ال|لل)|و(?=.{4}))/

/** A folded word without article and particles: “والرئيس”, “للرئيس” and “الرئيس” are “رئيس”. Others stay as they are. */
export function bareWord(folded: string): string {
  if (!ARABIC.test(folded)) return folded
  const bare = folded.replace(BEFORE, '')
  return bare.length >= 2 ? bare : folded
}
