import { expect, test } from 'vitest'
import { type AlertLine, alertLines, isNoisy } from './alertLines.ts'

const alert = (name: string, folder: string, unseen = 0, days: number[] = [0, 1]) => ({
  id: name.length,
  name,
  folder,
  query: 'a',
  enabled: true,
  colour: null,
  hits: { new: unseen, all: unseen, starred: 0, snoozed: 0, dismissed: 0 },
  days,
})
const shown = (lines: readonly AlertLine[]) =>
  lines.map((line) =>
    line.kind === 'alert' ? line.alert.name : `${line.folder}/ ${line.unseen} ${line.days}`,
  )
const NONE: ReadonlySet<string> = new Set()

test('alerts stand in their folders, with what these have together; those in none come last', () => {
  const alerts = [
    alert('Alone', ''),
    alert('Gas', 'Energy', 2),
    alert('Oil', 'Energy', 3),
    alert('Tribunal', 'Courts'),
  ]
  const all = ['Courts/ 0 0,1', 'Tribunal', 'Energy/ 5 0,2', 'Gas', 'Oil', '/ 0 0,1', 'Alone']
  expect(shown(alertLines(alerts, NONE, ''))).toEqual(all)
  expect(shown(alertLines(alerts, new Set(['Energy', '']), ''))).toEqual(all.toSpliced(6, 1).toSpliced(3, 2))
  expect(shown(alertLines(alerts.slice(0, 1), new Set(['']), ''))).toEqual(['Alone'])
})

test('what is looked for shows in folded folders too', () => {
  const alerts = [alert('Gas', 'Energy', 2), alert('Oil', 'Energy', 3), alert('Tribunal', 'Courts')]
  expect(shown(alertLines(alerts, new Set(['Energy', 'Courts']), ' ga '))).toEqual(['Energy/ 2 0,1', 'Gas'])
  expect(shown(alertLines(alerts, NONE, 'court'))).toEqual(['Courts/ 0 0,1', 'Tribunal'])
  expect(alertLines(alerts, NONE, 'nothing')).toEqual([])
})

test('an alert is noisy with more than twenty hits a day', () => {
  const fortnight = (n: number) => ({ days: Array.from({ length: 14 }, () => n) })
  expect([fortnight(21), fortnight(20), fortnight(0)].map(isNoisy)).toEqual([true, false, false])
})
