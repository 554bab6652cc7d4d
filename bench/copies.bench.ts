/**
 * Copies: precision and recall on stories made from the shared archive, one in ten of them published again by another outlet
 * with the changes that outlets make; microseconds per story beside reading it into words. `npm run bench -- copies`
 */
import { bands, signature } from '../src/core/events/copies.ts'
import { copiesArchive } from '../src/core/fixtures/copies.ts'
import { picker, seeded } from '../src/core/fixtures/random.ts'
import { hasSharedArchive, sharedItems } from '../src/core/fixtures/sharedArchive.ts'
import { tokenise } from '../src/core/query/match/tokenise.ts'

if (!hasSharedArchive) {
  console.error('This benchmark needs ../shared/archive.')
  process.exit(1)
}
const items = sharedItems().filter(({ text }) => text.length > 60)

const random = seeded(2026)
const pick = picker(random)

const changes: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'dateline and credit': (text) => `MOSCOW, May 9 (Agency) - ${text} (With material from news agencies)`,
  // Nothing else is left of a text of one sentence.
  'other closing line': (text) =>
    `${text.replace(/[^.]*\.\s*$/, '')} Reporting by our correspondents; editing by the night desk.`,
  'a sentence dropped': (text) => {
    const sentences = text.split(/(?<=\.)\s+/)
    if (sentences.length > 2) sentences.splice(Math.floor(random() * sentences.length), 1)
    return sentences.join(' ')
  },
  'one word in twenty-five changed': (text) =>
    text
      .split(' ')
      .map((word) => (random() < 0.04 ? pick(items).text.split(' ')[0] : word))
      .join(' '),
  'cut to 60 %': (text) => text.slice(0, text.length * 0.6),
  'all of the above but the cut': (text) =>
    `BEIJING (Agency) - ${text
      .replace(/[^.]*\.\s*$/, '')
      .split(' ')
      .map((word) => (random() < 0.02 ? 'reportedly' : word))
      .join(' ')} Our own report.`,
}

interface Made {
  readonly day: number
  readonly text: string
  readonly change: string | null
  readonly of: number
}

/** Stories of neighbouring items (same day, near topics) in order of time, one in ten of them again within two days. */
function stream(perBody: number): Made[] {
  const made: Made[] = []
  for (let at = 0; at + perBody <= items.length; at += perBody) {
    const body = items.slice(at, at + perBody)
    const day = Date.parse(body[0]?.date ?? '')
    const of = made.length
    const text = body.map((item) => item.text).join(' ')
    made.push({ day, text, change: null, of })
    if (random() < 0.1) {
      const change = pick(Object.keys(changes))
      made.push({
        day: day + Math.floor(random() * 2 * 86_400_000),
        text: (changes[change] as (text: string) => string)(text),
        change,
        of,
      })
    }
  }
  return made
}

for (const [name, perBody] of [
  ['short: one item, 27 words', 1],
  ['a report: four items, 110 words', 4],
  ['long: twenty items, 540 words', 20],
] as const) {
  const stories = stream(perBody)
  // Signed right after it is read, as in ingest, while its words are in the processor's cache: the difference is the signature.
  const read = (text: string) => tokenise({ title: '', summary: '', text, published: null })
  for (const { text } of stories.slice(0, 2000)) signature(read(text))
  let started = performance.now()
  for (const { text } of stories) read(text)
  const reading = performance.now() - started
  started = performance.now()
  const signatures = stories.map(({ text }) => signature(read(text)))
  const signing = performance.now() - started - reading
  const published = copiesArchive(stories.length)
  const found: (number | null)[] = []
  /** The indexes of the stories in `published`, in its order. */
  const taken: number[] = []
  started = performance.now()
  stories.forEach(({ day }, id) => {
    const signed = signatures[id]
    const original = signed ? published.take({ published: day, source: id, signature: signed }) : null
    if (signed) taken.push(id)
    found.push(original === null ? null : (taken[original - 1] as number))
  })
  const finding = performance.now() - started
  published.close()
  const each = (ms: number): string => `${((ms * 1000) / stories.length).toFixed(1)} µs`
  let right = 0
  let wrong = 0
  const perChange = new Map<string, { copies: number; found: number }>()
  stories.forEach(({ change, of }, id) => {
    const original = found[id] ?? null
    if (original !== null && change === null) wrong++
    if (change === null) return
    const row = perChange.get(change) ?? { copies: 0, found: 0 }
    perChange.set(change, row)
    row.copies++
    // The archive itself repeats some items: a copy of an earlier repeat is right too.
    if (original !== null && (original === of || found[of] === original)) {
      right++
      row.found++
    } else if (original !== null) wrong++
  })
  const copies = [...perChange.values()].reduce((sum, row) => sum + row.copies, 0)
  console.log(`\n${name}: ${stories.length} stories, ${copies} copies`)
  console.log(
    `  precision ${(right / (right + wrong)).toFixed(4)} (${wrong} others, of them some true repeats in the archive), recall ${(right / copies).toFixed(4)}`,
  )
  for (const [change, row] of perChange)
    console.log(
      `    ${change.padEnd(32)} ${row.found} of ${row.copies} (${(row.found / row.copies).toFixed(3)})`,
    )
  console.log(
    `  words ${each(reading)}, signature ${each(signing)}, find and take in ${each(finding)}: ${((signing + finding) / reading).toFixed(2)} × the reading into words`,
  )
  console.log(
    `  ${new Set(signatures.flatMap((s) => (s ? bands(s) : []))).size} different bands of ${signatures.filter(Boolean).length} stories`,
  )
}
