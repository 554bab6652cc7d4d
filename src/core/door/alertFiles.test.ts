import { expect, vi } from 'vitest'
import { AlertFile } from '../../api/contract/alertFile.ts'
import { test } from '../fixtures/desk.ts'

// On a machine that is busy with the rest of the check.
vi.setConfig({ testTimeout: 120_000 })

const settings = { trigger: { kind: 'digest', at: ['07:00'], on: ['mon'] }, cooldownMs: 3_600_000 } as const

test('alerts go out into a file and come in again, off, without channels; a name that is taken gets a number', async ({
  desk,
  wirewatch,
}) => {
  const { id } = wirewatch.alerts.save({
    name: 'Pipes',
    query: 'pipeline NEAR/3 gas',
    enabled: true,
    settings: { ...settings, trigger: { ...settings.trigger, at: ['07:00'], on: ['mon'] } },
    folder: 'Energy',
    colour: 3,
    note: 'For the morning.',
  })
  await wirewatch.channels.add({ alert: id, kind: 'webhook', address: 'https://hooks.example/s3cret' })
  const file = wirewatch.alerts.exportFile()
  expect(AlertFile.parse(file)).toEqual(file)
  expect(JSON.stringify(file)).not.toMatch(/s3cret|whsec|hooks\.example/)
  expect(wirewatch.alerts.importFile(file).added.map(({ name }) => name)).toEqual(['Pipes (2)'])
  expect(wirewatch.alerts.importFile(file).added.map(({ name }) => name)).toEqual(['Pipes (3)'])
  const [first, second] = wirewatch.alerts.list()
  expect(second).toEqual({ ...first, id: id + 1, name: 'Pipes (2)', enabled: false })
  expect(wirewatch.channels.list(id + 1).channels).toEqual([])
  const other = await desk.startOver()
  other.alerts.importFile(file)
  expect(other.alerts.exportFile()).toEqual(file)
})

test('a file of which one alert cannot be read adds none, and says which and why', async ({ wirewatch }) => {
  const file = (query: string) => ({
    wirewatch: 'alerts' as const,
    version: 1 as const,
    alerts: [
      { name: 'Good', query: 'pipeline' },
      { name: 'Bad', query },
    ],
  })
  expect(() => wirewatch.alerts.importFile(file('oil AND'))).toThrow(
    /^alerts\.1\.query, of “Bad”: .* \(at character \d+\)\. Nothing was imported: mend/,
  )
  expect(() => wirewatch.alerts.importFile(file('@nowhere'))).toThrow(/^alerts\.1\.query/)
  expect(wirewatch.alerts.list()).toEqual([])
  expect(wirewatch.alerts.importFile(file('oil')).added).toHaveLength(2)
})

test('a copy of an alert is off and has its channels, with addresses and keys of its own', async ({
  wirewatch,
}) => {
  const { id } = wirewatch.alerts.save({ name: 'Pipes', query: 'pipeline', enabled: true, settings: {} })
  const { channel } = await wirewatch.channels.add({
    alert: id,
    kind: 'webhook',
    address: 'https://hooks.example/s3cret',
  })
  wirewatch.channels.setDesktop(id, false)
  const copy = await wirewatch.alerts.duplicate(id)
  expect(copy).toEqual({ id: id + 1, name: 'Pipes (2)' })
  expect(wirewatch.alerts.list()[1]).toMatchObject({ enabled: false, query: 'pipeline' })
  const { channels, desktop } = wirewatch.channels.list(copy.id)
  expect(desktop).toBe(false)
  expect(channels).toEqual([{ ...channel, id: expect.not.stringContaining(channel.id), alert: copy.id }])
  // The one goes, the other keeps its address.
  wirewatch.alerts.remove(id)
  expect((await wirewatch.channels.test(channels[0]?.id ?? '')).message).not.toContain('address')
  await expect(wirewatch.alerts.duplicate(99)).rejects.toThrow('no longer there')
})
