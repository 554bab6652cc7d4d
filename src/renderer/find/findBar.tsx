import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { t } from '../messages/index.ts'
import { findText, type Piece } from './findText.ts'

/** So many matches are marked; of more the bar says "at least". */
const MOST = 1000
/** A page that changes (a list that scrolls) is searched again after it has been still for so long. */
const STILL_MS = 150

/**
 * Ctrl or ⌘ F in the desktop app, where no browser offers to find in the page. Matches are marked as highlights, which change
 * nothing of the page; Electron's own findInPage would count the field's text as a match and take its focus.
 */
export function FindInPage(): ReactNode {
  const [open, setOpen] = useState(false)
  const [again, setAgain] = useState(0)
  useShortcuts(
    window.wirewatchShell === undefined
      ? {}
      : {
          'mod+f': () => {
            // A dialog keeps the focus to itself.
            if (document.querySelector('[role=dialog]') !== null) return
            setOpen(true)
            setAgain((count) => count + 1)
          },
        },
  )
  return open ? <FindBar again={again} onClose={() => setOpen(false)} /> : null
}

/** @param props.again counts how often it was asked for: its field has the focus again */
function FindBar({ again, onClose }: { again: number; onClose: () => void }): ReactNode {
  const field = useRef<HTMLInputElement>(null)
  const before = useRef(document.activeElement)
  const [words, setWords] = useState(() => (getSelection()?.toString() ?? '').trim().slice(0, 100))
  const [matches, setMatches] = useState<readonly Range[]>([])
  const [at, setAt] = useState(0)
  const here = matches[Math.min(at, matches.length - 1)]

  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => field.current?.select(), [again])
  useEffect(() => {
    const search = (): void => setMatches(rangesOf(words))
    search()
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(search, STILL_MS)
    })
    const page = document.querySelector('main')
    if (page !== null) observer.observe(page, { childList: true, subtree: true, characterData: true })
    return () => {
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [words])
  useEffect(() => {
    CSS.highlights.set('found', new Highlight(...matches))
    return () => void CSS.highlights.delete('found')
  }, [matches])
  useEffect(() => {
    if (here === undefined) return
    const highlight = new Highlight(here)
    highlight.priority = 1
    CSS.highlights.set('found-here', highlight)
    return () => void CSS.highlights.delete('found-here')
  }, [here])

  const go = useCallback(
    (by: number): void => {
      if (matches.length === 0) return
      const next = (Math.min(at, matches.length - 1) + by + matches.length) % matches.length
      setAt(next)
      const range = matches[next]
      if (range !== undefined) bringIntoView(range)
    },
    [matches, at],
  )
  const close = (): void => {
    // Reading and copying go on from what was found.
    if (here !== undefined) {
      const selection = getSelection()
      selection?.removeAllRanges()
      selection?.addRange(here)
    }
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    onClose()
  }
  const type = (typed: string): void => {
    setWords(typed)
    setAt(0)
    const [first] = rangesOf(typed)
    if (first !== undefined) bringIntoView(first)
  }
  const step = (event: KeyboardEvent): void => go(event.shiftKey ? -1 : 1)
  useShortcuts({ 'mod+g': step, F3: step })

  return (
    <search
      aria-label={t.find.label}
      className="arrive fixed top-2 right-6 z-40 flex items-center gap-1 rounded-lg border border-edge bg-raised p-1.5 shadow-float"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
        else if (event.key === 'Enter' && event.target === field.current && !event.nativeEvent.isComposing)
          go(event.shiftKey ? -1 : 1)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <input
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: it is opened to type
        autoFocus
        className="field !w-56"
        aria-label={t.find.label}
        placeholder={t.find.label}
        value={words}
        onChange={(event) => type(event.target.value)}
      />
      <span role="status" className="min-w-[72px] px-1 text-center text-sm text-ink-3">
        {words.trim() === ''
          ? ''
          : matches.length === 0
            ? t.find.none
            : t.find.count(Math.min(at, matches.length - 1) + 1, matches.length, matches.length === MOST)}
      </span>
      <Button look="quiet" small icon="up" aria-label={t.find.previous} onClick={() => go(-1)} />
      <Button look="quiet" small icon="down" aria-label={t.find.next} onClick={() => go(1)} />
      <Button look="quiet" small icon="close" aria-label={t.actions.close} onClick={close} />
    </search>
  )
}

/** Where the words stand in what the page shows. */
function rangesOf(words: string): Range[] {
  const page = document.querySelector('main')
  if (page === null || words.trim() === '') return []
  const nodes: Text[] = []
  const pieces: Piece[] = []
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) {
    const parent = node.parentElement
    if (parent === null || !isShown(parent)) continue
    nodes.push(node)
    pieces.push({ text: node.data, block: blockOf(parent) })
  }
  return findText(pieces, words, MOST).map(({ start, end }) => {
    const range = new Range()
    range.setStart(nodes[start.piece] as Text, start.offset)
    range.setEnd(nodes[end.piece] as Text, end.offset)
    return range
  })
}

/** What is there for screen readers alone is not what a person sees. */
const isShown = (element: Element): boolean =>
  element.closest('.sr-only') === null && element.checkVisibility({ visibilityProperty: true })

function blockOf(element: Element): Element {
  let block = element
  while (block.parentElement !== null && getComputedStyle(block).display.startsWith('inline'))
    block = block.parentElement
  return block
}

/** Scrolls whatever scrolls around a range until it is seen. */
function bringIntoView(range: Range): void {
  for (let box = range.startContainer.parentElement; box !== null; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight || !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue
    const seen = box.getBoundingClientRect()
    const { top, bottom } = range.getBoundingClientRect()
    if (top < seen.top || bottom > seen.bottom) box.scrollTop += (top + bottom - seen.top - seen.bottom) / 2
  }
}
