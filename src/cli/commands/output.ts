/**
 * Standard output as commands use it: written in large pieces, waiting where the reader is slower, and ending quietly where
 * the reader has gone (`… | head`).
 */
export interface Output {
  /** Resolves at once while there is room. */
  write(text: string): Promise<void>
  flush(): Promise<void>
}

const PIECE = 64 * 1024

export function openOutput(stream: NodeJS.WriteStream = process.stdout): Output {
  let waiting: string[] = []
  let size = 0
  // Once a process, not once an output.
  if (stream.listenerCount('error') === 0)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
      throw error
    })
  const flush = (): Promise<void> => {
    if (size === 0) return Promise.resolve()
    const text = waiting.join('')
    waiting = []
    size = 0
    return new Promise((resolve) => stream.write(text, () => resolve()))
  }
  return {
    write(text) {
      waiting.push(text)
      size += text.length
      return size < PIECE ? Promise.resolve() : flush()
    },
    flush,
  }
}

/** Writes one line to standard error. */
export const printLine = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
