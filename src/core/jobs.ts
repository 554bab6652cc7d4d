import type { Job } from '../api/contract/common.ts'
import type { Changes } from './changes.ts'
import { Problem } from './problem.ts'

export interface Jobs {
  /** Starts a job and returns its state. The work reports progress by `report` and stops when `signal` aborts. */
  start(kind: Job['kind'], title: string, work: (control: JobControl) => Promise<string>): Job
  /** Ends with the job's last state: 'done', 'failed' or 'cancelled'. */
  finished(id: number): Promise<Job>
  running(): Job[]
  cancel(id: number): void
  /** Cancels all and waits until they have stopped. */
  close(): Promise<void>
}

export interface JobControl {
  readonly signal: AbortSignal
  report(done: number, total: number | null, message?: string): void
}

/** What a person is told of a failure; what the language itself says of a fault is for the log. */
function sentenceOf(error: unknown): string {
  return !(error instanceof Error) || FAULTS.test(error.name)
    ? 'Wirewatch failed on this; its log says why.'
    : error.message
}

const FAULTS = /^(?:Type|Range|Reference|Syntax|Sqlite|Eval|URI|Assertion|Aggregate)Error$/

/** Progress goes out at most this often. */
const REPORT_MS = 100
const REMEMBERED = 50

export function createJobs(changes: Changes, log: (line: string) => void): Jobs {
  const jobs = new Map<number, { job: Job; abort: AbortController; finished: Promise<Job> }>()
  let last = 0

  return {
    start(kind, title, work) {
      const abort = new AbortController()
      const job: Job = { id: ++last, kind, title, state: 'running', done: 0, total: null, message: '' }
      const announce = (): void => changes.emit({ type: 'job', job: { ...job } })
      let announced = 0
      const control: JobControl = {
        signal: abort.signal,
        report(done, total, message) {
          job.done = done
          job.total = total
          if (message !== undefined) job.message = message
          if (Date.now() - announced < REPORT_MS) return
          announced = Date.now()
          announce()
        },
      }
      const finished = Promise.resolve()
        .then(() => work(control))
        .then(
          (message) => {
            job.state = abort.signal.aborted ? 'cancelled' : 'done'
            job.message = message
          },
          (error: unknown) => {
            job.state = abort.signal.aborted ? 'cancelled' : 'failed'
            job.message = sentenceOf(error)
            if (job.state === 'failed')
              log(
                `${title} failed: ${error instanceof Problem ? error.message : error instanceof Error ? (error.stack ?? error.message) : error}`,
              )
          },
        )
        .then(() => {
          announce()
          for (const id of jobs.keys()) {
            if (jobs.size <= REMEMBERED) break
            if (jobs.get(id)?.job.state !== 'running') jobs.delete(id)
          }
          return { ...job }
        })
      jobs.set(job.id, { job, abort, finished })
      announce()
      return { ...job }
    },
    finished(id) {
      const known = jobs.get(id)
      if (known === undefined) return Promise.reject(new Error(`There is no job ${id}.`))
      return known.finished
    },
    running: () =>
      [...jobs.values()].filter(({ job }) => job.state === 'running').map(({ job }) => ({ ...job })),
    cancel: (id) => jobs.get(id)?.abort.abort(),
    async close() {
      for (const { abort } of jobs.values()) abort.abort()
      await Promise.all([...jobs.values()].map(({ finished }) => finished))
    },
  }
}
