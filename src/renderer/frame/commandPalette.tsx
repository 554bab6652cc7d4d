import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api.ts'
import { APPEARANCES, setAppearance } from '../appearance.ts'
import { classes } from '../components/classes.ts'
import { Dialog } from '../components/dialog.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { addressOfSaved, openAsSaved, useSavedViews } from '../dashboard/savedViews.ts'
import { t } from '../messages/index.ts'
import { places } from '../places.ts'
import { RANGES, rangeOf } from '../range.ts'
import { useRangeCounts } from '../rangeCounts.ts'
import { refreshAll } from '../sources/sourceActions.ts'
import { setRange } from '../view.ts'
import { matching } from './commandMatch.ts'
import { markVisit } from './visit.ts'

interface Command {
  text: string
  run: () => void
}

/** Ctrl K: pages, themes, saved searches and commands by name; any words search the stories. */
export function CommandPalette(props: { open: boolean; onClose: () => void; onKeys: () => void }): ReactNode {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t.palette.title}>
      <Commands {...props} />
    </Dialog>
  )
}

function Commands(props: { onClose: () => void; onKeys: () => void }): ReactNode {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const commands = useCommands(props.onKeys, typed.trim())
  const shown = matching(commands, typed).slice(0, 12)
  const chosen = shown[Math.min(at, shown.length - 1)]
  const run = (command: Command): void => {
    props.onClose()
    command.run()
  }
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette is opened to type
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={chosen === undefined ? undefined : `command-${shown.indexOf(chosen)}`}
        aria-label={t.palette.placeholder}
        placeholder={t.palette.placeholder}
        className="field"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, shown.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
          else if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen !== undefined)
            run(chosen)
          else return
          event.preventDefault()
        }}
      />
      <div role="listbox" id="commands" aria-label={t.palette.title} className="mt-2 flex flex-col">
        {shown.map((command, index) => (
          <div
            key={command.text}
            id={`command-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            onMouseMove={() => setAt(index)}
            onClick={() => run(command)}
            onKeyDown={(event) => event.key === 'Enter' && run(command)}
            className={classes(
              'cursor-pointer truncate rounded-md px-2 py-1.5',
              command === chosen ? 'bg-selected text-ink' : 'text-ink-2',
            )}
          >
            {command.text}
          </div>
        ))}
        {shown.length === 0 && <p className="px-2 py-1.5 text-ink-3">{t.palette.empty}</p>}
      </div>
    </>
  )
}

function useCommands(onKeys: () => void, words: string): Command[] {
  const [, navigate] = useLocation()
  const themes = useRangeCounts().data?.themes ?? []
  const saved = useQuery(api.query.saved.queryOptions({ input: {} })).data ?? []
  const views = useSavedViews() ?? []
  const go = (href: string) => () => navigate(href)
  const search = { text: t.palette.searchFor(words), run: go(storiesOf(words)) }
  return [
    ...places.map(({ name, href }) => ({ text: t.palette.go(t.nav[name]), run: go(href) })),
    { text: t.palette.refreshAll, run: refreshAll },
    { text: t.palette.addSource, run: go('/sources?add') },
    { text: t.palette.markVisit, run: () => void markVisit() },
    ...themes.map(({ name, stories }) => ({
      text: t.palette.theme(name),
      run: go(storiesOf(stories.query)),
    })),
    ...views.map((view) => ({
      text: t.views.open(view.name),
      run: () => {
        openAsSaved(view)
        navigate(addressOfSaved(view))
      },
    })),
    ...saved.map(({ name, query }) => ({ text: t.palette.saved(name), run: go(storiesOf(query)) })),
    ...RANGES.map((name) => ({
      text: t.palette.range(t.range[name]),
      run: () => {
        setRange(rangeOf(name))
        navigate('/')
      },
    })),
    ...APPEARANCES.map((name) => ({
      text: t.palette.appearance(t.appearance[name]),
      run: () => setAppearance(name),
    })),
    { text: t.palette.keys, run: onKeys },
    ...(words === '' ? [] : [search]),
  ]
}
