/**
 * Names as they sound: one code for “Zelensky”, “Зеленський”, “Zełenski” and “Selenskyj”. Cyrillic and Greek become Latin, letters
 * of one sound become one, the first six are kept (which drops the endings of cases), then the vowels but the first go.
 */

// biome-ignore format: one alphabet
const CYRILLIC: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'o', є: 'e', ж: 'j', з: 's', и: 'i', і: 'i', ї: 'i', й: 'i',
  к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u', ф: 'f', х: 'h', ц: 'z', ч: 'c',
  ш: 'x', щ: 'x', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'u', я: 'a', ђ: 'j', ј: 'i', љ: 'l', њ: 'n', ћ: 'c', џ: 'j', ѓ: 'g', ќ: 'k',
}

// biome-ignore format: one alphabet
const GREEK: Record<string, string> = {
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 's', η: 'i', θ: 't', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'ks', ο: 'o',
  π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'i', φ: 'f', χ: 'h', ψ: 'ps', ω: 'o',
}

const LETTERS = 6
const SHORTEST = 3

/** Latin letters in one pass: the longest run that is one sound, or a letter alone. */
const RUNS = /szcz|tsch|tch|sch|dzh|cz|ch|sh|sz|dj|dz|zh|kh|gh|ph|th|ck|tz|ts|c(?=[eiy])|[cqwyzłßj]/g
// biome-ignore format: one alphabet
const SOUND: Record<string, string> = {
  szcz: 'x', tsch: 'c', tch: 'c', sch: 'x', dzh: 'j', cz: 'c', ch: 'c', sh: 'x', sz: 'x', dj: 'j', dz: 'j', zh: 'j', kh: 'h', gh: 'h',
  ph: 'f', th: 't', ck: 'k', tz: 'z', ts: 'z', q: 'k', w: 'v', y: 'i', z: 's', ł: 'l', ß: 's', j: 'j',
}

/**
 * The code of a folded word; '' for a word that is too short for one, or is in a script that is not read here.
 * @param word folded (lower case, without accents)
 */
export function soundOf(word: string): string {
  if (word.length < SHORTEST) return ''
  let latin = ''
  const first = word.charCodeAt(0)
  if (first >= 0x0370 && first < 0x0530) {
    const table = first < 0x0400 ? GREEK : CYRILLIC
    for (const letter of word) latin += table[letter] ?? letter
    latin = latin.replaceAll('dj', 'j')
  } else if (first < 0x0250) {
    latin = word.replace(RUNS, (run, at: number) =>
      run === 'c' ? (/[eiy]/.test(word.charAt(at + 1)) ? 's' : 'k') : (SOUND[run] as string),
    )
  } else return ''
  let once = ''
  for (const letter of latin) if (!once.endsWith(letter)) once += letter
  const prefix = once.slice(0, LETTERS)
  const skeleton = prefix.slice(0, 1) + prefix.slice(1).replace(/[aeiou]/g, '')
  return skeleton.length >= SHORTEST ? skeleton : prefix.length >= SHORTEST + 1 ? prefix : ''
}
