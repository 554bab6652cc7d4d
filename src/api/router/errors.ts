import { ORPCError } from '@orpc/server'
import { FeedError, Problem, QueryError } from '../../core/wirewatch.ts'

/**
 * An error of the core as a typed error of the contract; anything else is a fault and stays what it is. They are marked as
 * the contract's own at once: what watches for faults sees them before the contract does.
 */
export function contractError(error: unknown): unknown {
  if (error instanceof QueryError) {
    const { start, end } = error.at
    return new ORPCError('QUERY', {
      defined: true,
      status: 400,
      message: error.message,
      data: { at: { start, end }, ...(error.repair === undefined ? {} : { repair: error.repair }) },
    })
  }
  if (error instanceof Problem)
    return new ORPCError(error.code, { defined: true, status: STATUS[error.code], message: error.message })
  if (error instanceof FeedError)
    return new ORPCError('FETCH', {
      defined: true,
      status: 502,
      message: error.message,
      data: { code: error.code },
    })
  return error
}

const STATUS = { INVALID: 400, NOT_FOUND: 404, CONFLICT: 409, STORE: 503 } as const
