import { printLine } from './output.ts'

/** A command that was used wrongly: exit code 2. */
export const usage = (message: string): Error => Object.assign(new Error(message), { code: 'INVALID' })

/** Prints why a command failed; for a query also the place and, where there is one, the repair. @returns the exit code */
export function failure(error: unknown): number {
  const { code, name, message, data } = error as {
    code?: unknown
    name?: unknown
    message?: unknown
    data?: {
      at?: { start: number }
      repair?: string
      issues?: { path?: (string | number)[]; message: string }[]
    }
  }
  const issues = code === 'BAD_REQUEST' ? (data?.issues ?? []) : []
  for (const issue of issues) printLine(`${issue.path?.join('.') ?? 'The input'}: ${issue.message}.`)
  if (issues.length === 0) printLine(typeof message === 'string' ? message : String(error))
  if (code === 'QUERY' && data?.at !== undefined) {
    printLine(`At character ${data.at.start + 1} of the query.`)
    if (data.repair !== undefined) printLine(`Perhaps: ${data.repair}`)
  }
  return code === 'INVALID' || code === 'QUERY' || code === 'BAD_REQUEST' || name === 'QueryError' ? 2 : 1
}
