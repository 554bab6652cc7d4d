import { acquire } from '../../core/lock.ts'
import { dataFolder } from '../../launch/dataFolder.ts'
import { openOutput } from './output.ts'
import { table } from './table.ts'

/** `rescue`: copies what can be read of a damaged archive into a new one. @returns the exit code: 2 where anything was lost */
export async function rescue(options: { dataDir?: string; json?: boolean }): Promise<number> {
  const dataDir = dataFolder({ dataDir: options.dataDir })
  const lock = acquire(dataDir, { shell: 'the command line' })
  try {
    const core = await import('../../core/wirewatch.ts')
    const rescued = core.rescue(dataDir, Intl.DateTimeFormat().resolvedOptions().timeZone)
    const output = openOutput()
    await output.write(options.json === true ? `${JSON.stringify(rescued)}\n` : textOf(rescued))
    await output.flush()
    return rescued.tables.some(({ lost }) => lost !== 0) ? 2 : 0
  } finally {
    lock.release()
  }
}

type Rescued = ReturnType<typeof import('../../core/wirewatch.ts').rescue>

function textOf({ archive, damaged, tables }: Rescued): string {
  const rows = table(
    tables,
    [
      { heading: 'TABLE', cell: (t) => t.name },
      { heading: 'KEPT', cell: (t) => t.kept, right: true },
      { heading: 'LOST', cell: (t) => t.lost ?? 'unknown', right: true },
    ],
    false,
  )
  return `What can be read stands in a new archive, ${archive}; its search index was built anew.\nThe old file is kept as ${damaged}: remove it when you miss nothing.\n${rows}`
}
