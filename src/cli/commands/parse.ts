import { readFile } from 'node:fs/promises'
import { type ParsedFile, Problem, parseFile } from '../../core/offline/parseFile.ts'
import { openOutput } from './output.ts'

export interface ParseOptions {
  readonly base?: string
  readonly header?: readonly string[]
}

/** `parse`: one JSON line per file. @returns the exit code: 1 where a file could not be read as a feed */
export async function parse(files: readonly string[], options: ParseOptions): Promise<number> {
  const headers = headersOf(options.header ?? [])
  if (options.base !== undefined && !URL.canParse(options.base))
    throw new Problem('INVALID', `--base takes an absolute address, not "${options.base}".`)
  const output = openOutput()
  let code = 0
  for (const file of files) {
    const parsed = await parseOne(file, options.base ?? '', headers)
    if ('error' in parsed) code = 1
    await output.write(`${JSON.stringify({ file, ...parsed })}\n`)
  }
  await output.flush()
  return code
}

async function parseOne(
  file: string,
  base: string,
  headers: ReadonlyMap<string, string>,
): Promise<ParsedFile> {
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT'
      ? { error: { code: 'no-file', message: `There is no file ${file}.` } }
      : { error: { code: 'unreadable', message: `${file} cannot be read: ${message}.` } }
  }
  return parseFile(bytes, { base, headers })
}

/** Headers by lower-case name; of two of one name the later. */
function headersOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const line of lines) {
    const m = /^([!#$%&'*+.^_`|~\w-]+)\s*:\s*(.*)$/.exec(line)
    if (m === null) throw new Problem('INVALID', `--header takes 'Name: value', not "${line}".`)
    headers.set((m[1] as string).toLowerCase(), (m[2] as string).trim())
  }
  return headers
}
