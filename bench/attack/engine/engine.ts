/** The engine that the feeds of an address are given to (../feeds.ts); answers its parent with figures, and ends with it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWirewatch } from '../../../src/core/wirewatch.ts'

process.on('disconnect', () => process.exit())

const address = process.argv[2] ?? ''
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-attack-'))
const wirewatch = openWirewatch({ dataDir: folder, log: (line) => console.error(line.slice(0, 300)) })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

// What is loaded with the first feed and with the first event is no part of the figures.
await wirewatch.sources.add({ url: `${address}/first` })
await wirewatch.eventsGathered()
await wirewatch.mentionsFound()

const before = process.cpuUsage()
// By the processor time of the engine's own thread: what else runs on the machine does not count.
const busy = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
let last = busy()
let pause = 0
const pauses: string[] = []
let step = ''
const look = (): void => {
  const now = busy()
  pause = Math.max(pause, now - last)
  if (now - last > 100) pauses.push(`${step} ${Math.round(now - last)}`)
  last = now
}
const timer = setInterval(look, 3)

let outcome: string
try {
  step = 'discover'
  await wirewatch.sources.discover(`${address}/feed`)
  step = 'add'
  const { id } = await wirewatch.sources.add({ url: `${address}/feed` })
  for (let poll = 1; poll <= 2; poll++) {
    step = `poll ${poll}`
    await wirewatch.finished(wirewatch.sources.refresh(id).id)
  }
  const [log] = wirewatch.sources.log(id, 1)
  outcome = log?.error?.message ?? `read; ${log?.notes.at(-1) ?? 'no note'}`
} catch (error) {
  outcome = error instanceof Error ? error.message : String(error)
}
await new Promise((resolve) => setTimeout(resolve, 20))
look()
clearInterval(timer)
const { user, system } = process.cpuUsage(before)
await wirewatch.close()
if (process.env.WIREWATCH_PAUSES !== undefined) console.error(pauses.join(', '))
process.send?.({ cpu: (user + system) / 1e6, pause, outcome: outcome.slice(0, 90) })
