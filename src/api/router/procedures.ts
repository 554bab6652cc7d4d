import { implement } from '@orpc/server'
import { contract } from '../contract/index.ts'
import { contractError } from './errors.ts'

/** The contract's procedures, each to be given its handler; what a handler throws becomes an error of the contract. */
export const procedures = implement(contract).use(async ({ next }) => {
  try {
    return await next()
  } catch (error) {
    throw contractError(error)
  }
})

/** Waits for what a procedure does; its answer is empty. */
export async function nothing(work: unknown): Promise<Record<never, never>> {
  await work
  return {}
}
