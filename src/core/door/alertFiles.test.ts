import { expect, vi } from 'vitest'
import { AlertFile } from '../../api/contract/alertFile.ts'
import { test } from '../fixtures/desk.ts'

// On a machine that is busy with the rest of the check.
vi.setConfig({ testTimeout: 120_000 })

const settings = { trigger: { kind: 'digest', at: ['07:00'], on: ['mon'] }, cooldownMs: 3_600_000 } as const

test('alerts go out into a file and come in again, off, their channels without addresses; a name that is taken gets a number', async ({
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
  const address = 'https://hooks.example/s3cret'
  await wirewatch.channels.add({ alert: id, kind: 'webhook', address, content: 'title' })
  desk.clock++
  await wirewatch.channels.add({ alert: id, kind: 'atom', address: desk.folder })
  wirewatch.channels.setDesktop(id, false)
  const file = wirewatch.alerts.exportFile()
  expect(AlertFile.parse(file)).toEqual(file)
  expect(JSON.stringify(file)).not.toMatch(/s3cret|whsec|hooks\.example/)
  expect(JSON.stringify(file)).not.toContain(desk.folder)
  expect(file.alerts[0]).toMatchObject({ desktop: false, channels: [{ kind: 'webhook' }, { kind: 'atom' }] })
  expect(wirewatch.alerts.importFile(file).added.map(({ name }) => name)).toEqual(['Pipes (2)'])
  expect(wirewatch.alerts.importFile(file).added.map(({ name }) => name)).toEqual(['Pipes (3)'])
  const [first, second] = wirewatch.alerts.list()
  expect(second).toEqual({ ...first, id: id + 1, name: 'Pipes (2)', enabled: false, created: desk.clock })
  // What came in tells nobody until it is given an address.
  const { channels, desktop } = wirewatch.channels.list(id + 1)
  expect(desktop).toBe(false)
  expect(channels).toMatchObject([
    {
      kind: 'webhook',
      content: 'title',
      place: '',
      enabled: false,
      ended: expect.stringContaining('give it one'),
    },
    { kind: 'atom', place: '', enabled: false },
  ])
  expect(await wirewatch.channels.test(channels[1]?.id ?? '')).toEqual({
    delivered: false,
    http: null,
    message: channels[1]?.ended,
  })
  const given = { address: 'https://elsewhere.example/t0ken' }
  const led = await wirewatch.channels.setAddress(channels[0]?.id ?? '', given)
  expect(led.secret).toMatch(/^whsec_/)
  expect(led.channel).toMatchObject({
    place: 'elsewhere.example',
    content: 'title',
    enabled: true,
    ended: null,
  })
  await expect(
    wirewatch.channels.setAddress(channels[0]?.id ?? '', { address: 'no address of t0ken' }),
  ).rejects.toThrow(/^(?!.*t0ken)/)
  expect(wirewatch.channels.list(id + 1).channels[0]).toEqual(led.channel)
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
