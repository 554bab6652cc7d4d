/**
 * What the engine answers where a person asked for something that cannot be. `message` is a plain sentence that says what,
 * where and what to do; `code` is stable. Feed failures are FeedError, query failures QueryError; everything else that
 * is thrown is a fault of ours and goes to the log.
 */
export class Problem extends Error {
  readonly code: 'INVALID' | 'NOT_FOUND' | 'CONFLICT' | 'STORE'
  constructor(code: Problem['code'], message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'Problem'
    this.code = code
  }
}
