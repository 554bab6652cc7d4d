import type { Job } from '../../api/contract/common.ts'
import type { Client } from '../connect.ts'
import { openProgress } from './progress.ts'

/**
 * Starts a job and follows it to its end. @param start answers the job, or null where there is nothing to do
 * @returns the job as it ended; null where none was started
 */
export async function followJob(client: Client, start: () => Promise<Job | null>): Promise<Job | null> {
  const leaving = new AbortController()
  // Listening first: a short job may have ended before its start is answered.
  const changes = await client.changes({}, { signal: leaving.signal })
  const progress = openProgress()
  try {
    // The stream opens with its first event.
    await changes.next()
    const started = await start()
    if (started === null || started.state !== 'running') return started
    for await (const change of changes) {
      if (change.type !== 'job' || change.job.id !== started.id) continue
      const { job } = change
      if (job.state !== 'running') return job
      progress.show(
        `${job.title}: ${job.done}${job.total === null ? '' : ` of ${job.total}`} ${job.message}`.trimEnd(),
      )
    }
    throw new Error('The engine ended before the job did. What it had stored is kept; run the command again.')
  } finally {
    progress.end()
    leaving.abort()
    await changes.return(undefined).catch(() => undefined)
  }
}
