/** "I <3 feeds", "a < b", "x<y": angle brackets that people write in a feed's text without escaping them. */

/** Lone brackets that are escaped: a document with more is not worth repairing. */
const MOST = 10_000

/**
 * The same document with "&lt;" for each "<" that can begin no tag: one before a character that begins no name, and one that
 * meets a closing tag before its own ">" ("x<y</title>") unless it has a value of an attribute. CDATA sections, comments and
 * instructions stay as they are. Linear in the length.
 */
export function escapeLoneBrackets(text: string): string {
  const lone = loneBrackets(text)
  if (lone.length === 0) return text
  let out = ''
  let from = 0
  for (const at of lone) {
    out += `${text.slice(from, at)}&lt;`
    from = at + 1
  }
  return out + text.slice(from)
}

function loneBrackets(text: string): number[] {
  const lone: number[] = []
  /** Brackets before names, of which none has met a ">" yet. */
  let open: number[] = []
  let close = -1
  let at = text.indexOf('<')
  while (at !== -1 && lone.length < MOST) {
    const code = text.charCodeAt(at + 1)
    if (code === 33 || code === 63) {
      open = []
      const end = endOfSection(text, at)
      if (end === -1) break
      at = text.indexOf('<', end)
      continue
    }
    if (code === 47) {
      for (const one of open) lone.push(one)
      open = []
    } else if (!beginsName(code)) lone.push(at)
    else {
      const next = text.indexOf('<', at + 1)
      if (close < at) close = text.indexOf('>', at)
      if (close === -1) close = text.length
      if (next === -1) break
      if (close < next || /[="']/.test(text.slice(at, next))) open = []
      else if (open.length < MOST) open.push(at)
      at = next
      continue
    }
    at = text.indexOf('<', at + 1)
  }
  return lone.sort((a, b) => a - b)
}

/** Index after the CDATA section, comment, declaration or instruction at `at`; -1 where it does not end. */
function endOfSection(text: string, at: number): number {
  const mark = text.startsWith('<![CDATA[', at)
    ? ']]>'
    : text.startsWith('<!--', at)
      ? '-->'
      : text.startsWith('<?', at)
        ? '?>'
        : '<'
  const end = text.indexOf(mark, at + 2)
  return end === -1 ? -1 : mark === '<' ? end : end + mark.length
}

/** XML's, but for what is not ASCII: all of that may. */
function beginsName(code: number): boolean {
  const lower = code | 32
  return (lower >= 97 && lower <= 122) || code === 95 || code === 58 || code > 127
}
