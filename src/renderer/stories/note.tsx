import { type ReactNode, useEffect, useRef, useState } from 'react'
import { client, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'

/** Typing rests this long before a note is saved; leaving the field or the story saves at once. */
const REST_MS = 700

/** The person's note on a story, saved as it is written. */
export function Note({ id, note }: { id: number; note: string }): ReactNode {
  const [text, setText] = useState(note)
  const [state, setState] = useState<'' | 'saving' | 'saved'>('')
  const saved = useRef(note)
  const latest = useRef(text)
  latest.current = text

  // A note written in another window comes in, unless this one is being written.
  useEffect(() => {
    if (latest.current === saved.current) setText(note)
    saved.current = note
  }, [note])

  useEffect(() => {
    if (text === saved.current) return
    const timer = setTimeout(() => void save(), REST_MS)
    return () => clearTimeout(timer)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the story is left
  useEffect(() => () => void save(), [])

  async function save(): Promise<void> {
    const now = latest.current
    if (now === saved.current) return
    const before = saved.current
    saved.current = now
    setState('saving')
    try {
      await client.stories.setNote({ id, note: now })
      setState('saved')
    } catch (error) {
      saved.current = before
      setState('')
      toast(sentence(error), { bad: true })
    }
  }

  return (
    <section className="mt-7 border-t border-line pt-3">
      <div className="mb-2 flex items-baseline justify-between">
        <label htmlFor={`note-${id}`} className="text-sm font-semibold text-ink-2">
          {t.stories.pane.note}
        </label>
        <span role="status" className="text-sm text-ink-3">
          {state === 'saving' ? t.stories.pane.noteSaving : state === 'saved' ? t.stories.pane.noteSaved : ''}
        </span>
      </div>
      <textarea
        id={`note-${id}`}
        className="field block min-h-[64px] resize-y field-sizing-content"
        maxLength={20_000}
        placeholder={t.stories.pane.notePlaceholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setState('')
        }}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          event.currentTarget.blur()
        }}
      />
    </section>
  )
}
