import { say } from './output.ts'

/** Tells the person why a command failed. @returns the exit code */
export function failure(error: unknown): number {
  const known = error as { code?: unknown; message?: unknown; name?: unknown }
  const message = typeof known.message === 'string' ? known.message : String(error)
  say(message)
  return known.code === 'INVALID' || known.code === 'QUERY' || known.name === 'QueryError' ? 2 : 1
}
