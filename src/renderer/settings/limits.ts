/** A typed limit: null for no limit, undefined where it is not a whole number from 1. */
export function limitOf(text: string): number | null | undefined {
  const plain = text.replace(/[\s,.'’]/g, '')
  if (plain === '') return null
  const limit = Number(plain)
  return /^\d+$/.test(plain) && limit >= 1 && Number.isSafeInteger(limit) ? limit : undefined
}

/** Whether the new limit keeps less than the old. */
export function tighter(before: number | null, after: number | null): boolean {
  return after !== null && (before === null || after < before)
}
