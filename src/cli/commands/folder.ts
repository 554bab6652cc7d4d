import { dataFolder } from '../../launch/dataFolder.ts'
import { type Connection, connect } from '../connect.ts'
import { openOutput } from './output.ts'

/**
 * Runs what a command does on a data folder and prints its text. @returns its exit code. Ctrl-C ends it: what was
 * stored up to then is kept.
 */
export async function withFolder(
  dataDir: string | undefined,
  work: (connection: Connection) => Promise<string | { text: string; code: number }>,
): Promise<number> {
  const connection = await connect(dataFolder({ dataDir }))
  const stop = (): void => {
    connection.close().finally(() => process.exit(130))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    const result = await work(connection)
    const { text, code } = typeof result === 'string' ? { text: result, code: 0 } : result
    const output = openOutput()
    await output.write(text)
    await output.flush()
    return code
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    await connection.close()
  }
}
