import { ORPCError, ValidationError } from '@orpc/server'

/**
 * Puts a failed call into the log, whichever way it came. Answers of the contract's own error codes are for the person;
 * everything else is a fault, and one against the contract names the place in the answer.
 */
export function reportFault(error: unknown, path: readonly string[], log: (line: string) => void): void {
  if (error instanceof ORPCError && error.defined) return
  const cause = error instanceof ORPCError ? error.cause : error
  const detail =
    cause instanceof ValidationError
      ? cause.issues.map((issue) => `${issuePath(issue.path)}: ${issue.message}`).join('; ')
      : cause instanceof Error
        ? (cause.stack ?? cause.message)
        : String(cause)
  log(`${path.join('.')} failed: ${error instanceof Error ? error.message : String(error)}\n  ${detail}`)
}

const issuePath = (path: readonly unknown[] | undefined): string =>
  (path ?? [])
    .map((part) =>
      typeof part === 'object' && part !== null && 'key' in part ? String(part.key) : String(part),
    )
    .join('.')
