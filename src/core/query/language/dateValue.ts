/** Canonical form of a date in a query (2025-05-01, 2025-05-01T18:40, 2025-05-01T18:40:05), or null where there is no such moment. */
export function canonicalDate(text: string): string | null {
  const m = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text)
  if (m === null) return null
  const [year, month, day, hour, minute, second] = m
    .slice(1)
    .map((part) => (part === undefined ? -1 : Number(part)))
  const date = new Date(Date.UTC(year as number, (month as number) - 1, day as number))
  if (date.getUTCMonth() !== (month as number) - 1 || date.getUTCDate() !== day) return null
  if ((hour as number) > 23 || (minute as number) > 59 || (second as number) > 59) return null
  const two = (n: number | undefined): string => String(n).padStart(2, '0')
  const whole = `${m[1]}-${two(month)}-${two(day)}`
  if (hour === -1) return whole
  return `${whole}T${two(hour)}:${two(minute)}${second === -1 ? '' : `:${two(second)}`}`
}

/** Canonical form of a `within:` value (7d: hours, days, weeks or months), or null where it is none. */
export function canonicalDuration(text: string): string | null {
  const m = /^(\d{1,6})([hdwm])$/i.exec(text)
  return m !== null && Number(m[1]) > 0 ? `${Number(m[1])}${(m[2] as string).toLowerCase()}` : null
}
