/** The thread that copies the write-ahead log: an entry of its own (checkpoints.ts starts it; the desktop app bundles it). */
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { type CheckpointOrder, Order } from './checkpointOrder.ts'

const port = parentPort
if (port === null) throw new Error('This file is a thread of the engine, not a program.')

const { file, state } = workerData as CheckpointOrder

port.on('message', () => {
  // The engine has closed the archive meanwhile.
  if (Atomics.compareExchange(state, 0, Order.given, Order.underWay) !== Order.given) return
  let isCopied = false
  try {
    copy()
    isCopied = true
  } catch {
    // A full disk, a lock: the log keeps it, and the engine asks again.
  } finally {
    Atomics.store(state, 0, Order.none)
    Atomics.notify(state, 0)
  }
  port.postMessage(isCopied)
})

/** The connection is closed again at once, so that the engine's is the last to be closed. */
function copy(): void {
  const db = new Database(file, { fileMustExist: true, timeout: 0 })
  try {
    db.pragma('synchronous = NORMAL')
    // Else the pages that are copied would be mapped here a second time.
    db.pragma('mmap_size = 0')
    db.pragma('wal_checkpoint(PASSIVE)')
  } finally {
    db.close()
  }
}
