import { readFileSync } from 'node:fs'

/** Megabytes of a process that are no mapped file, such as an archive's pages; 0 where the system does not tell. */
export function anonymousMemory(pid: number | undefined): number {
  try {
    return Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000
  } catch {
    return 0
  }
}
