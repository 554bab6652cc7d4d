import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../components/icon.tsx'
import { toast } from '../../components/toast.tsx'
import { useCountUnit } from '../../countUnit.ts'
import { t } from '../../messages/index.ts'
import { useRoving } from '../../roving.ts'
import { useFormat } from '../../useFormat.ts'
import { useRangeWords } from '../../useRangeWords.ts'
import { useView } from '../../view.ts'
import { readSheet } from './read.ts'
import type { Sheet } from './sheet.tsx'

/** The actions of a panel's menu. What they need is loaded when they are used. */
export function PanelActions(props: {
  title: string
  read: () => Sheet | null
  panel: () => HTMLElement | null
  onDone: () => void
}): ReactNode {
  const { title, onDone } = props
  const words = t.exporting
  const roving = useRoving()
  const { filter } = useView()
  const unit = useCountUnit()
  const format = useFormat()
  const rangeWords = useRangeWords()

  const saved = async (kind: 'csv' | 'png', make: (panel: HTMLElement) => Promise<Blob>): Promise<void> => {
    const panel = props.panel()
    onDone()
    if (panel === null) return
    try {
      save(await make(panel), fileName(title, kind))
    } catch {
      toast(words.failed(title), { bad: true })
    }
  }
  const csv = () =>
    saved('csv', async (panel) => {
      const { csvOf } = await import('./csv.ts')
      const head: [string, string][] = [
        [t.app, title],
        [words.range, rangeWords],
        [words.filter, filter === '' ? words.noFilter : filter],
        [words.counted, t.unit[unit]],
        [words.exported, new Date().toISOString()],
      ]
      return new Blob([csvOf(head, props.read() ?? readSheet(panel))], { type: 'text/csv;charset=utf-8' })
    })
  const png = () =>
    saved('png', async (panel) => {
      const { pictureOf } = await import('./picture.ts')
      const parts = [rangeWords, filter, format.dateTime(Date.now()), t.app]
      return pictureOf(panel, parts.filter((part) => part !== '').join(' · '))
    })
  return (
    <div {...roving} className="flex flex-col">
      <Action icon="download" text={words.csv} onClick={() => void csv()} />
      <Action icon="download" text={words.png} onClick={() => void png()} />
    </div>
  )
}

function Action(props: { icon: IconName; text: string; onClick: () => void }): ReactNode {
  return (
    <button
      type="button"
      onClick={props.onClick}
      className="flex items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover focus-visible:bg-hover"
    >
      <Icon name={props.icon} />
      {props.text}
    </button>
  )
}

/** "wirewatch-volume-by-theme-2025-05-09.csv" */
function fileName(title: string, kind: string): string {
  const slug = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')
  return `wirewatch-${slug}-${new Date().toISOString().slice(0, 10)}.${kind}`
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
