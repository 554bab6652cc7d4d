/** BCubed (Bagga and Baldwin 1998) over the scored items of a set. */
export interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Each item's own precision and recall. @param found the event of each item; @param true_ the labelled, null: not scored */
function perItem(
  found: readonly (string | number)[],
  labelled: readonly (string | null)[],
): (readonly [number, number, string])[] {
  const sizes = new Map<string | number, number>()
  const labels = new Map<string, number>()
  const both = new Map<string, number>()
  labelled.forEach((label, i) => {
    if (label === null) return
    const event = found[i] as string | number
    sizes.set(event, (sizes.get(event) ?? 0) + 1)
    labels.set(label, (labels.get(label) ?? 0) + 1)
    const key = `${event}\t${label}`
    both.set(key, (both.get(key) ?? 0) + 1)
  })
  return labelled.flatMap((label, i) => {
    if (label === null) return []
    const event = found[i] as string | number
    const right = both.get(`${event}\t${label}`) as number
    return [[right / (sizes.get(event) as number), right / (labels.get(label) as number), label] as const]
  })
}

function mean(items: readonly (readonly [number, number, string])[]): Score {
  let [p, r] = [0, 0]
  for (const [precision, recall] of items) {
    p += precision
    r += recall
  }
  const [precision, recall] = [p / items.length, r / items.length]
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

export const bcubed = (found: readonly (string | number)[], labelled: readonly (string | null)[]): Score =>
  mean(perItem(found, labelled))

/** The middle 95 % of F1 when events are drawn again, with replacement. */
export function interval(
  found: readonly (string | number)[],
  labelled: readonly (string | null)[],
  random: () => number,
  draws = 500,
): [number, number] {
  const groups = new Map<string, (readonly [number, number, string])[]>()
  for (const item of perItem(found, labelled)) {
    const list = groups.get(item[2])
    if (list === undefined) groups.set(item[2], [item])
    else list.push(item)
  }
  const all = [...groups.values()]
  const scores = Array.from(
    { length: draws },
    () =>
      mean(all.flatMap(() => all[Math.floor(random() * all.length)] as (readonly [number, number, string])[]))
        .f1,
  ).sort((a, b) => a - b)
  return [scores[Math.floor(draws * 0.025)] as number, scores[Math.floor(draws * 0.975)] as number]
}
