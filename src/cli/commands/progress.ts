import { printLine } from './output.ts'

export interface Progress {
  show(line: string): void
  /** Clears the line on a terminal. */
  end(): void
}

/** How far a long job is, on standard error: one line that moves on a terminal, elsewhere a line a second. */
export function openProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let shown = stream.isTTY ? 0 : Date.now()
  return {
    show(line) {
      if (Date.now() - shown < (stream.isTTY ? 100 : 1000)) return
      shown = Date.now()
      if (stream.isTTY) stream.write(`\r\x1b[K${line.slice(0, (stream.columns || 80) - 1)}`)
      else printLine(line)
    },
    end() {
      if (stream.isTTY && shown > 0) stream.write('\r\x1b[K')
    },
  }
}
