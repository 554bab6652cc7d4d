import type { At } from './ast.ts'
import { scan, type Token } from './scan.ts'

/** Reads the tokens of a query one by one. */
export class Cursor {
  readonly text: string
  private readonly tokens: Token[]
  /** All of them as they were cut. */
  readonly all: readonly Token[]
  private at = 0

  /** @throws QueryError for text that cannot be cut into tokens */
  constructor(text: string) {
    this.text = text
    this.all = scan(text)
    this.tokens = [...this.all]
  }

  /** The current token, or one `ahead` of it (negative: already read); the end of the query is a token too. */
  peek(ahead = 0): Token {
    return (this.tokens[this.at + ahead] ?? this.tokens.at(-1)) as Token
  }

  /** The current token, which is thereby read. */
  next(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.at++
    return token
  }

  /** Takes the first characters off a run, which is current or the last one read; what is left of it is current then. */
  cut(token: Token, length: number): void {
    if (this.tokens[this.at - 1] === token) this.at--
    const text = token.text.slice(length)
    if (text === '') this.at++
    else
      this.tokens[this.at] = { kind: 'run', text, start: token.start + length, end: token.end, glued: true }
  }

  isOperator(name: 'AND' | 'OR' | 'NOT'): boolean {
    const token = this.peek()
    return token.kind === 'run' && token.text === name
  }

  /** Whether no operand can follow: the end, a closing bracket or a comma of a list comes next. */
  atEnd(): boolean {
    const { kind } = this.peek()
    return kind === 'end' || kind === 'close' || kind === 'comma'
  }

  /** Where the last read token ends. */
  lastEnd(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  /** The query with another text at a place, for repairs. */
  replaced({ start, end }: At, by: string): string {
    return this.text.slice(0, start) + by + this.text.slice(end)
  }
}
