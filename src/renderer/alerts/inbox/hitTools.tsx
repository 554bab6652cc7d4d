import type { ReactNode } from 'react'
import { Button, type ButtonProps } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { number } from '../../format.ts'
import { t } from '../../messages/index.ts'
import { type SnoozeFor, SnoozeMenu } from './snoozeMenu.tsx'

/** What can be done to the selected hits, or to the line that keys act on. */
export function HitTools(props: {
  /** How many hits are selected; null: all of the list. */
  selected: number | null
  loaded: { lines: number; selected: number }
  /** The whole list can be selected, which has so many hits; null: it is loaded, or not known. */
  all: number | null
  /** There is something to act on. */
  ready: boolean
  /** What is acted on has been seen, is starred, is dismissed. */
  are: { seen: boolean; starred: boolean; dismissed: boolean }
  snoozing: boolean
  onSnoozing: (open: boolean) => void
  onSelectLoaded: () => void
  onSelectAll: () => void
  onClear: () => void
  onSeen: () => void
  onStar: () => void
  onDismiss: () => void
  onSnooze: (how: SnoozeFor) => void
}): ReactNode {
  const { selected, loaded, all, ready, are } = props
  const words = t.inbox
  const any = selected === null || selected > 0
  return (
    <div
      role="toolbar"
      aria-label={words.list}
      className="flex min-h-9 flex-wrap items-center gap-x-1 gap-y-0.5 border-b border-line bg-panel px-4 py-1"
    >
      <span className="mr-2 flex">
        <Checkbox
          aria-label={words.selectAll}
          title={words.selectAll}
          checked={any && loaded.selected === loaded.lines}
          mixed={any && loaded.selected > 0 && loaded.selected < loaded.lines}
          disabled={loaded.lines === 0}
          onChange={() => (any ? props.onClear() : props.onSelectLoaded())}
        />
      </span>
      <Tool mark="m" disabled={!ready} onClick={props.onSeen}>
        {are.seen ? words.unseen : words.seen}
      </Tool>
      <Tool mark="s" disabled={!ready} onClick={props.onStar}>
        {are.starred ? words.unstar : words.star}
      </Tool>
      <SnoozeMenu open={props.snoozing} onOpen={props.onSnoozing} onSnooze={props.onSnooze}>
        <Tool mark="z" disabled={!ready}>
          {words.snooze}
        </Tool>
      </SnoozeMenu>
      <Tool mark="d" disabled={!ready} onClick={props.onDismiss}>
        {are.dismissed ? words.restore : words.dismiss}
      </Tool>
      {any && (
        <span className="ml-auto flex items-center gap-2 text-sm">
          <span role="status" className="font-semibold">
            {selected === null ? words.allSelected : words.selected(selected)}
          </span>
          {selected !== null && all !== null && loaded.selected === loaded.lines && (
            <button type="button" className="text-accent hover:underline" onClick={props.onSelectAll}>
              {words.allOfList(all)}
            </button>
          )}
          <Button look="quiet" small onClick={props.onClear}>
            {words.clear} <Kbd>Esc</Kbd>
          </Button>
        </span>
      )}
    </div>
  )
}

function Tool({ mark, children, ...rest }: ButtonProps & { mark: string }): ReactNode {
  return (
    <Button look="quiet" small {...rest}>
      {children} <Kbd>{mark}</Kbd>
    </Button>
  )
}

/** A count behind a name, exactly of what it opens. */
export const withCount = (name: string, n: number): string => (n === 0 ? name : `${name} ${number(n)}`)
