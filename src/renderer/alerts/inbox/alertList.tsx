import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { InboxAlert } from '../../../api/contract/inbox.ts'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { Icon } from '../../components/icon.tsx'
import { Menu } from '../../components/menu.tsx'
import { number } from '../../format.ts'
import { t } from '../../messages/index.ts'
import { useRoving } from '../../roving.ts'
import { duplicateAlert } from '../duplicate.ts'
import { editorOf } from '../editor/alertDraft.ts'
import { removeAlert } from '../removal.ts'
import { AlertDialog, type Asked, switchAlerts } from './alertDialogs.tsx'
import { type AlertLine, alertLines, isNoisy } from './alertLines.ts'
import { Spark } from './spark.tsx'
import { useClosedFolders } from './useClosedFolders.ts'

const ROW = 26
/** With so many alerts there is a field to find one. */
const MANY = 8

/** The alerts in their folders, with fourteen days and what is new of each; whatever their number only those in view exist. */
export function AlertList(props: {
  alerts: readonly InboxAlert[]
  /** What each does, by its id. */
  sentences: ReadonlyMap<number, string>
  unseen: number
  /** What is listed beside: an alert, a folder, or all. */
  chosen: { alert?: number | undefined; folder?: string | undefined }
  /** The address of the hits of an alert, a folder, or all. */
  addressOf: (of: { alert?: number; folder?: string }) => string
}): ReactNode {
  const { alerts, chosen, addressOf } = props
  const [wanted, setWanted] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const { closed, fold } = useClosedFolders()
  const scroller = useRef<HTMLDivElement>(null)
  const roving = useRoving()
  const lines = useMemo(() => alertLines(alerts, closed, wanted), [alerts, closed, wanted])
  const folders = useMemo(
    () => [...new Set(alerts.map(({ folder }) => folder))].filter((name) => name !== '').sort(),
    [alerts],
  )
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: (index) => keyOf(lines[index]) ?? index,
  })
  const isAll = chosen.alert === undefined && chosen.folder === undefined
  return (
    <>
      {alerts.length > MANY && (
        <input
          type="search"
          className="field mx-3 mb-2 w-auto"
          aria-label={t.inbox.findAlert}
          placeholder={t.inbox.findAlert}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setWanted('')
          }}
        />
      )}
      <div {...roving} className="flex min-h-0 flex-1 flex-col">
        <Link
          href={addressOf({})}
          aria-current={isAll ? 'page' : undefined}
          className={classes(
            'mx-2 flex items-center justify-between gap-2 rounded-md px-2 py-1',
            isAll ? 'bg-selected font-semibold' : 'text-ink-2 hover:bg-hover',
          )}
        >
          {t.inbox.all}
          <Unseen n={props.unseen} />
        </Link>
        <div ref={scroller} className="mt-1 min-h-0 flex-1 overflow-y-auto px-2 pb-3">
          {lines.length === 0 && wanted !== '' && (
            <p className="px-2 py-1 text-ink-3">{t.inbox.noneFound(wanted.trim())}</p>
          )}
          <ul className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ key, index, start }) => {
              const line = lines[index]
              if (line === undefined) return null
              return (
                <li
                  key={key}
                  className="absolute inset-x-0 top-0"
                  style={{ height: ROW, transform: `translateY(${start}px)` }}
                >
                  {line.kind === 'folder' ? (
                    <Folder
                      line={line}
                      on={chosen.folder === line.folder}
                      href={addressOf({ folder: line.folder })}
                      onFold={() => fold(line.folder, line.open)}
                      onAsk={setAsked}
                    />
                  ) : (
                    <Alert
                      alert={line.alert}
                      sentence={props.sentences.get(line.alert.id) ?? ''}
                      indented={line.inFolder}
                      on={chosen.alert === line.alert.id}
                      href={addressOf({ alert: line.alert.id })}
                      onAsk={setAsked}
                    />
                  )}
                </li>
              )
            })}
          </ul>
        </div>
      </div>
      {asked !== null && (
        <AlertDialog
          key={JSON.stringify(asked)}
          asked={asked}
          folders={folders}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

const keyOf = (line: AlertLine | undefined): string | undefined =>
  line === undefined ? undefined : line.kind === 'folder' ? `folder ${line.folder}` : `alert ${line.alert.id}`

const rowClasses = (on: boolean): string =>
  classes(
    'group relative flex h-full items-center gap-1 rounded-md pr-2',
    on ? 'bg-selected' : 'hover:bg-hover has-focus-visible:bg-hover',
  )

function Folder(props: {
  line: Extract<AlertLine, { kind: 'folder' }>
  on: boolean
  href: string
  onFold: () => void
  onAsk: (asked: Asked) => void
}): ReactNode {
  const { folder, alerts, unseen, days, open } = props.line
  const name = folder === '' ? t.inbox.noFolder : folder
  const [, navigate] = useLocation()
  const isAnyOn = alerts.some(({ enabled }) => enabled)
  return (
    <div className={rowClasses(props.on)}>
      <button
        type="button"
        aria-expanded={open}
        aria-label={open ? t.inbox.close(name) : t.inbox.open(name)}
        onClick={props.onFold}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:text-ink"
      >
        <Icon name={open ? 'down' : 'right'} size={12} />
      </button>
      <Link
        href={props.href}
        aria-current={props.on ? 'page' : undefined}
        className="flex min-w-0 flex-1 items-center gap-2"
      >
        <span className="truncate font-semibold">{name}</span>
        <span className="text-sm text-ink-3">{number(alerts.length)}</span>
        <span className="flex-1" />
        {!open && <DaysOf days={days} />}
        <Unseen n={unseen} />
      </Link>
      <Menu
        items={[
          ...(folder === ''
            ? []
            : [
                {
                  text: t.inbox.newHere,
                  icon: 'plus' as const,
                  onSelect: () => navigate(`${editorOf('new')}?folder=${encodeURIComponent(folder)}`),
                },
                {
                  text: t.inbox.rename,
                  icon: 'edit' as const,
                  onSelect: () => props.onAsk({ what: 'rename folder', folder, alerts }),
                },
              ]),
          {
            text: isAnyOn ? t.inbox.switchAllOff : t.inbox.switchAllOn,
            icon: isAnyOn ? ('pause' as const) : ('play' as const),
            onSelect: () => switchAlerts(alerts, !isAnyOn),
          },
        ]}
      >
        <MoreButton name={name} />
      </Menu>
    </div>
  )
}

function Alert(props: {
  alert: InboxAlert
  sentence: string
  indented: boolean
  on: boolean
  href: string
  onAsk: (asked: Asked) => void
}): ReactNode {
  const { alert } = props
  const [, navigate] = useLocation()
  return (
    <div className={rowClasses(props.on)}>
      <Link
        href={props.href}
        aria-current={props.on ? 'page' : undefined}
        title={[alert.name, alert.query, props.sentence].filter((line) => line !== '').join('\n\n')}
        className={classes('flex min-w-0 flex-1 items-center gap-2', props.indented ? 'pl-7' : 'pl-2')}
      >
        <span
          className={classes(
            'truncate',
            alert.hits.new > 0 ? 'font-semibold text-ink' : 'text-ink-2',
            !alert.enabled && 'text-ink-3',
          )}
        >
          {alert.name}
        </span>
        {!alert.enabled ? (
          <span className="shrink-0 text-xs text-ink-3">{t.inbox.off}</span>
        ) : (
          isNoisy(alert) && (
            <span title={t.inbox.noisyHint} className="shrink-0 text-xs text-warn">
              {t.inbox.noisy}
            </span>
          )
        )}
        <span className="flex-1" />
        <DaysOf days={alert.days} />
        <Unseen n={alert.hits.new} />
      </Link>
      <Menu
        items={[
          { text: t.inbox.edit, icon: 'edit', onSelect: () => navigate(editorOf(alert.id)) },
          {
            text: alert.enabled ? t.inbox.switchOff : t.inbox.switchOn,
            icon: alert.enabled ? 'pause' : 'play',
            onSelect: () => switchAlerts([alert], !alert.enabled),
          },
          { text: t.inbox.rename, onSelect: () => props.onAsk({ what: 'rename', alert }) },
          { text: t.inbox.move, onSelect: () => props.onAsk({ what: 'move', alert }) },
          {
            text: t.inbox.duplicate,
            icon: 'plus',
            onSelect: () => void duplicateAlert(alert.id, navigate),
          },
          { text: t.inbox.remove, icon: 'trash', danger: true, onSelect: () => void removeAlert(alert) },
        ]}
      >
        <MoreButton name={alert.name} />
      </Menu>
    </div>
  )
}

function MoreButton({ name, ...rest }: { name: string }): ReactNode {
  return (
    <Button
      {...rest}
      look="quiet"
      small
      icon="more"
      aria-label={t.inbox.menu(name)}
      title={t.inbox.menu(name)}
      className="absolute right-0.5 bg-hover opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100"
    />
  )
}

const DaysOf = ({ days }: { days: readonly number[] }): ReactNode => (
  <Spark days={days} title={t.inbox.days(days.reduce((sum, n) => sum + n, 0))} />
)

/** How many hits are new; a dot for none. */
function Unseen({ n }: { n: number }): ReactNode {
  return (
    <span
      title={t.inbox.counted(t.inbox.view.new, n)}
      className={classes('min-w-7 shrink-0 text-right', n > 0 ? 'font-semibold text-accent' : 'text-ink-3')}
    >
      {n > 0 ? number(n) : '·'}
    </span>
  )
}
