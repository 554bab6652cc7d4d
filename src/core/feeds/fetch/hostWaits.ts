/** Hosts that asked to wait (429 and 503 with Retry-After): none of their sources is fetched before then. */
import { LONGEST_WAIT_MS } from './headers.ts'

export interface HostWait {
  /** Epoch ms. */
  readonly until: number
  /** The HTTP status of the answer that asked to wait. */
  readonly status: number
}

/** Storage for the waits over restarts, as text. */
export interface KeptWaits {
  read(): string | undefined
  write(text: string): void
}

export interface HostWaits {
  /** The wait that is in force for a host; undefined where there is none. */
  of(host: string): HostWait | undefined
  /** Records a wait, a day at most (headers.ts). */
  add(host: string, wait: HostWait): void
  /** Ends the wait of a host that has answered. */
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
 * The kept waits that are still in force. Longer ones than a host can ask for were written under a wrong clock and are left
 * out; text that cannot be read counts as none, since the host will ask again.
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
