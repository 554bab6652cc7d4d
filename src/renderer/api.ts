import { type ClientContext, type ClientLink, createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import type { Contract } from '../api/contract/index.ts'
import { t } from './messages/index.ts'
import { openTransport } from './transport.ts'

let transport: ClientLink<ClientContext> | undefined
/** Opened by the first call: what only names queries needs no engine. */
const link: ClientLink<ClientContext> = {
  call(path, input, options) {
    transport ??= openTransport()
    return transport.call(path, input, options)
  },
}

/** Calls the engine: `await client.sources.list({})`. */
export const client: ContractRouterClient<Contract> = createORPCClient(link)

/** Options for TanStack Query: `useQuery(api.sources.list.queryOptions({ input: {} }))`. */
export const api = createTanstackQueryUtils(client)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // `changes` says when something is out of date; until then it is fresh.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      // The engine is on this machine: being offline does not matter.
      networkMode: 'always',
      retry: (failures, error) => !isAnswer(error) && failures < 3,
      retryDelay: (failures) => Math.min(250 * 2 ** failures, 4000),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** True where the engine answered with an error of the contract: asking again would not help. */
function isAnswer(error: unknown): error is ORPCError<string, unknown> {
  return error instanceof ORPCError && error.code in answers
}
const answers = { QUERY: true, INVALID: true, NOT_FOUND: true, CONFLICT: true, STORE: true, FETCH: true }

/** What went wrong, as a plain sentence for the person. */
export function sentence(error: unknown): string {
  if (isAnswer(error)) return error.message
  if (error instanceof ORPCError && error.status === 401) return t.errors.session
  if (error instanceof ORPCError) return t.errors.engine
  return t.errors.unreachable
}
