/** Hosts that asked to wait (429 and 503 with Retry-After), so that no source of theirs is fetched before then. */
import { LONGEST_WAIT_MS } from './headers.ts'

export interface HostWait {
  /** Epoch ms. */
  readonly until: number
  /** What it answered when it asked. */
  readonly status: number
}

/** Where the waits are kept over restarts, as text. */
export interface KeptWaits {
  read(): string | undefined
  write(text: string): void
}

export interface HostWaits {
  /** Why a host is not to be asked now; undefined where it may be. */
  of(host: string): HostWait | undefined
  /** The host asked to wait, a day at most (headers.ts). */
  add(host: string, wait: HostWait): void
  /** The host answered. */
  clear(host: string): void
}

/** @param now epoch ms */
export function createHostWaits(now: () => number, kept?: KeptWaits): HostWaits {
  const waits = new Map(read(kept?.read(), now()))
  const keep = (): void => kept?.write(JSON.stringify([...waits]))
  return {
    of(host) {
      const wait = waits.get(host)
      return wait !== undefined && wait.until > now() ? wait : undefined
    },
    add(host, wait) {
      for (const [other, { until }] of waits) if (until <= now()) waits.delete(other)
      waits.set(host, wait)
      keep()
    },
    clear(host) {
      if (waits.delete(host)) keep()
    },
  }
}

/**
 * What was kept and still holds, but for what a clock that was wrong has left; nothing where it cannot be read: the host says
 * it again.
 */
function read(text: string | undefined, now: number): [string, HostWait][] {
  try {
    const all = JSON.parse(text ?? '[]') as [string, HostWait][]
    return all.filter(([host, { until, status }]) => {
      const holds = until > now && until <= now + LONGEST_WAIT_MS
      return typeof host === 'string' && Number.isInteger(status) && holds
    })
  } catch {
    return []
  }
}
