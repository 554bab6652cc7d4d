import type { ReactNode } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { Kbd } from '../components/kbd.tsx'
import { t } from '../messages/index.ts'
import { places } from '../places.ts'

/** Every shortcut there is. */
export function KeyList(props: { open: boolean; onClose: () => void }): ReactNode {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t.keys.title} readOnly>
      <div className="grid gap-6 sm:grid-cols-2">
        <Keys
          title={t.keys.anywhere}
          rows={[
            [['/'], t.keys.search],
            [['Ctrl', 'K'], t.keys.palette],
            // In a browser the keys are the browser's.
            ...(window.wirewatchShell === undefined ? [] : ([[['Ctrl', 'F'], t.keys.find]] as const)),
            [['?'], t.keys.help],
            [['Esc'], t.keys.escape],
          ]}
        />
        <Keys title={t.keys.goTo} rows={places.map(({ name, key }) => [['g', key], t.nav[name]] as const)} />
        <Keys
          title={t.keys.inLists}
          rows={[
            [['j'], t.keys.next],
            [['k'], t.keys.previous],
            [['Enter'], t.keys.open],
            [['o'], t.stories.keys.original],
            [['s'], t.stories.keys.star],
            [['m'], t.stories.keys.read],
            [['n'], t.stories.keys.note],
            [['v'], t.events.pane.key],
          ]}
        />
        <Keys
          title={t.keys.onDashboard}
          rows={[
            [['1–9'], t.keys.views],
            [['.'], t.keys.panels],
          ]}
        />
        <Keys
          title={t.inbox.keys.title}
          rows={[
            [['Enter'], t.inbox.keys.open],
            [['x'], t.inbox.keys.select],
            [['m'], t.inbox.keys.seen],
            [['s'], t.inbox.keys.star],
            [['z'], t.inbox.keys.snooze],
            [['d', '#'], t.inbox.keys.dismiss],
            [['u', 'Ctrl Z'], t.inbox.keys.undo],
            [['e'], t.stories.keys.unit],
            [['Right'], t.inbox.keys.unfold],
          ]}
        />
        <Keys
          title={t.keys.onEvent}
          rows={[
            [['t'], t.events.keys.takeOut],
            [['u'], t.events.keys.undo],
            [['Esc'], t.events.keys.back],
          ]}
        />
      </div>
    </Dialog>
  )
}

function Keys(props: { title: string; rows: readonly (readonly [readonly string[], string])[] }): ReactNode {
  return (
    <section>
      <h3 className="mb-1 text-sm font-semibold text-ink-2">{props.title}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1">
        {props.rows.map(([keys, what]) => (
          <div key={keys.join(' ')} className="contents">
            <dt className="flex min-w-20 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="first-letter:uppercase">{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
