/** A piece of the difference between two texts. */
export interface Change {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond this many edits between the two (where they differ at all) the rest is shown as one replacement. */
const MOST_EDITS = 1500

/**
 * What changed from one version of a text to the next, word by word; Chinese, Japanese and Thai character by
 * character. The pieces that are not `added` make the old text, those that are not `removed` the new one.
 * The greedy algorithm of Myers, "An O(ND) Difference Algorithm and Its Variations" (1986).
 */
export function difference(before: string, after: string): Change[] {
  const a = pieces(before)
  const b = pieces(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++
  return joined([
    ...a.slice(0, head).map((text): Change => ({ kind: 'same', text })),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map((text): Change => ({ kind: 'same', text })),
  ])
}

/** A character of a script without spaces, a word, a run of spaces, or any one character. */
const PIECE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]\p{M}*|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{N}\p{M}])+|\s+|./gsu
const pieces = (text: string): string[] => text.match(PIECE) ?? []

function middle(a: readonly string[], b: readonly string[]): Change[] {
  const replaced = (): Change[] => [
    { kind: 'removed', text: a.join('') },
    { kind: 'added', text: b.join('') },
  ]
  if (a.length === 0 || b.length === 0) return replaced()
  const most = Math.min(a.length + b.length, MOST_EDITS)
  // reach[k + most]: how far into a one comes on diagonal k with the edits made so far.
  const reach = new Int32Array(2 * most + 2)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= most; edits++) {
    trace.push(reach.slice(most - edits, most + edits + 2))
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(reach, k - 1 + most) < at(reach, k + 1 + most))
      let x = down ? at(reach, k + 1 + most) : at(reach, k - 1 + most) + 1
      let y = x - k
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++
        y++
      }
      reach[k + most] = x
      if (x >= a.length && y >= b.length) return walkBack(a, b, trace)
    }
  }
  return replaced()
}

const at = (reach: Int32Array, index: number): number => reach[index] ?? 0

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[]): Change[] {
  const made: Change[] = []
  let x = a.length
  let y = b.length
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits] as Int32Array
    const on = (k: number): number => at(reach, k + edits)
    const k = x - y
    const down = k === -edits || (k !== edits && on(k - 1) < on(k + 1))
    const fromX = edits === 0 ? 0 : down ? on(k + 1) : on(k - 1)
    const fromY = edits === 0 ? 0 : fromX - (down ? k + 1 : k - 1)
    while (x > fromX && y > fromY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      made.push({ kind: 'same', text: a[x - 1] as string })
      x--
      y--
    }
    if (edits === 0) break
    if (down) made.push({ kind: 'added', text: b[y - 1] as string })
    else made.push({ kind: 'removed', text: a[x - 1] as string })
    x = fromX
    y = fromY
  }
  return made.reverse()
}

/** Neighbours of one kind become one piece; within a changed run, what went comes before what came. */
function joined(changes: readonly Change[]): Change[] {
  const made: Change[] = []
  let removed = ''
  let added = ''
  let same = ''
  const flushChanged = (): void => {
    if (removed !== '') made.push({ kind: 'removed', text: removed })
    if (added !== '') made.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  const flushSame = (): void => {
    if (same !== '') made.push({ kind: 'same', text: same })
    same = ''
  }
  for (const [index, { kind, text }] of changes.entries()) {
    const next = changes[index + 1]
    // A space between two changed words belongs to the change: "one two" → "three four" reads as one replacement.
    const bridge = kind === 'same' && /^\s+$/.test(text) && next !== undefined && next.kind !== 'same'
    if (kind === 'same' && !(bridge && removed + added !== '')) {
      flushChanged()
      same += text
      continue
    }
    flushSame()
    if (kind !== 'added') removed += text
    if (kind !== 'removed') added += text
  }
  flushChanged()
  flushSame()
  return made
}
