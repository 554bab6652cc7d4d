import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { SavedView } from '../../api/contract/views.ts'
import { api } from '../api.ts'
import { classes } from '../components/classes.ts'
import { Icon } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { countedAs, storiesOf } from '../components/numberDoor.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { useCountUnit } from '../countUnit.ts'
import { addressOfSaved, openAsSaved, pinnedOf, useSavedViews } from '../dashboard/savedViews.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { innerPlaces, type Place, places } from '../places.ts'
import { useRangeCounts } from '../rangeCounts.ts'
import { useRoving } from '../roving.ts'
import { useAppInfo } from '../useFormat.ts'
import { addressOf, useOwnView, useView } from '../view.ts'
import { useShortcuts } from './shortcuts.ts'

/** The pages, the themes with their counts in the range, the saved searches. Folds to icons in narrow windows. */
export function Navigation(): ReactNode {
  const [location] = useLocation()
  const [params] = useSearchParams()
  const info = useAppInfo()
  const counts = useRangeCounts().data
  const saved = useQuery(api.query.saved.queryOptions({ input: {} })).data ?? []
  const query = location.startsWith('/stories') ? params.get('q') : null
  const themes = (counts?.themes ?? []).filter(({ kind }) => kind === 'theme')

  const unit = useCountUnit()
  const pages = useRoving()
  const view = useView()
  const own = useOwnView()
  const views = pinnedOf(useSavedViews())
  const viewOpen = location === '/' && views.some(({ id }) => id === view.saved)
  useViewKeys(views)

  const badge = (name: string): Badge | undefined => {
    if (name === 'stories' && counts !== undefined) {
      const { count, text } = countedAs(unit, counts.stories)
      return { text: number(count), label: text, look: 'quiet' }
    }
    if (name === 'alerts' && info !== undefined && info.unreadHits > 0)
      return { text: number(info.unreadHits), label: t.nav.unread(info.unreadHits), look: 'hot' }
    if (name === 'sources' && info !== undefined && info.failingSources > 0)
      return { text: number(info.failingSources), label: t.nav.failing(info.failingSources), look: 'warn' }
    return undefined
  }

  return (
    <nav
      aria-label={t.nav.label}
      className="flex min-h-0 flex-col gap-0.5 overflow-y-auto border-r print:hidden border-line px-2 py-3 wide:px-3 wide:py-4"
    >
      <Link
        href="/"
        className="mb-2 flex items-center gap-2 rounded-md px-2 py-1 text-md font-semibold tracking-tight"
      >
        <Mark />
        <span className="sr-only wide:not-sr-only">{t.app}</span>
      </Link>
      <div {...pages} className="contents">
        {places.map(({ name, href, icon }) => {
          const inner = innerPlaces.filter(({ of }) => of === name).map(({ path }) => path.replace(/:.*/, ''))
          const on =
            href === '/'
              ? location === '/' && !viewOpen
              : [href, ...inner].some((start) => location.startsWith(start))
          const to =
            name === 'dashboard'
              ? addressOf(own)
              : name === 'stories' && counts !== undefined
                ? storiesOf(counts.stories.query)
                : href
          return (
            <NavLink
              key={name}
              to={to}
              on={on}
              icon={icon}
              text={t.nav[name]}
              badge={badge(name)}
              className={name === 'settings' ? 'order-last mt-auto' : undefined}
            />
          )
        })}
      </div>
      {themes.length > 0 && (
        <NavList title={t.nav.themeList} note={view.filter === '' ? undefined : t.nav.unfiltered}>
          {themes.map(({ id, name, colour, stories: door }) => {
            const on = query === door.query
            const { count, text, href } = countedAs(unit, door)
            return (
              <li key={id}>
                <Link
                  href={href}
                  aria-current={on ? 'page' : undefined}
                  aria-label={t.door(text, name)}
                  title={t.door(text, name)}
                  className={classes(navClasses(on), 'text-sm')}
                >
                  <ThemeSign colour={colour} />
                  <span className="min-w-0 flex-1 truncate">{name}</span>{' '}
                  <span className="text-ink-3">{number(count)}</span>
                </Link>
              </li>
            )
          })}
        </NavList>
      )}
      {views.length > 0 && (
        <NavList title={t.views.list}>
          {views.map((saved, index) => {
            const on = viewOpen && saved.id === view.saved
            const key = keyOf(index)
            return (
              <li key={saved.id}>
                <Link
                  href={addressOfSaved(saved)}
                  onClick={() => openAsSaved(saved)}
                  aria-current={on ? 'page' : undefined}
                  title={saved.fault === null ? saved.filter : t.views.unreadable(saved.fault)}
                  className={navClasses(on)}
                >
                  <span className={classes('min-w-0 flex-1 truncate', saved.fault !== null && 'text-warn')}>
                    {saved.name}
                  </span>
                  {key !== null && <Kbd>{key}</Kbd>}
                </Link>
              </li>
            )
          })}
        </NavList>
      )}
      {saved.length > 0 && (
        <NavList title={t.nav.savedSearches}>
          {saved.map((search) => {
            const on = query === search.query
            return (
              <li key={search.id}>
                <Link
                  href={storiesOf(search.query)}
                  aria-current={on ? 'page' : undefined}
                  title={search.query}
                  className={navClasses(on)}
                >
                  <span className="min-w-0 flex-1 truncate">{search.name}</span>
                </Link>
              </li>
            )
          })}
        </NavList>
      )}
    </nav>
  )
}

/** The key of a pinned view; null after the ninth. */
const keyOf = (index: number): string | null => (index < 9 ? String(index + 1) : null)

/** 1 to 9 open the pinned views from every page. */
function useViewKeys(views: readonly SavedView[]): void {
  const [, navigate] = useLocation()
  useShortcuts(
    Object.fromEntries(
      views.slice(0, 9).map((saved, index) => [
        keyOf(index),
        () => {
          openAsSaved(saved)
          navigate(addressOfSaved(saved))
        },
      ]),
    ),
  )
}

interface Badge {
  text: string
  label: string
  look: 'quiet' | 'hot' | 'warn'
}

const navClasses = (on: boolean): string =>
  classes(
    'flex items-center gap-2 rounded-md px-2 py-[5px]',
    on ? 'bg-selected font-semibold text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
  )

function NavLink(props: {
  to: string
  on: boolean
  icon: Place['icon']
  text: string
  badge: Badge | undefined
  className: string | undefined
}): ReactNode {
  const { badge } = props
  return (
    <Link
      href={props.to}
      aria-current={props.on ? 'page' : undefined}
      aria-label={badge === undefined ? props.text : `${props.text}: ${badge.label}`}
      title={badge === undefined ? props.text : `${props.text}: ${badge.label}`}
      className={classes('relative', navClasses(props.on), props.className)}
    >
      <Icon name={props.icon} />
      <span className="hidden min-w-0 flex-1 truncate wide:block">{props.text}</span>{' '}
      {badge !== undefined && (
        <span
          className={classes(
            badge.look === 'hot'
              ? 'absolute -top-px right-px min-w-[14px] rounded-full bg-accent px-[3px] text-center text-xs/[14px] font-semibold text-accent-ink wide:static wide:min-w-[18px] wide:px-1.5 wide:text-xs'
              : 'hidden wide:block',
            badge.look === 'quiet' && 'text-ink-3',
            badge.look === 'warn' && 'text-warn',
          )}
        >
          {badge.text}
        </span>
      )}
    </Link>
  )
}

function NavList(props: { title: string; note?: string | undefined; children: ReactNode }): ReactNode {
  const roving = useRoving()
  return (
    <div {...roving} className="hidden wide:block">
      <h2 className="px-2 pt-4 pb-1 text-xs font-semibold text-ink-3">
        {props.title}
        {props.note !== undefined && <span className="font-normal"> · {props.note}</span>}
      </h2>
      <ul className="flex flex-col gap-px">{props.children}</ul>
    </div>
  )
}

function Mark(): ReactNode {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className="shrink-0 text-accent">
      <path
        d="M1 9h3l2-6 3 12 3-9 1.5 3H17"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
      />
    </svg>
  )
}
