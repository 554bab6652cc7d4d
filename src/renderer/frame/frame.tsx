import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { onChange } from '../changes.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { useNotices } from '../notices/useNotices.ts'
import { places } from '../places.ts'
import { Banners } from './banners.tsx'
import { Navigation } from './navigation.tsx'
import { useShortcuts } from './shortcuts.ts'
import { StatusBar } from './statusBar.tsx'
import { TopBar } from './topBar.tsx'

// Opened later than the first words: not part of the first script.
const FindInPage = lazy(async () => ({ default: (await import('../find/findBar.tsx')).FindInPage }))
const CommandPalette = lazy(async () => ({
  default: (await import('./commandPalette.tsx')).CommandPalette,
}))
const KeyList = lazy(async () => ({ default: (await import('./keyList.tsx')).KeyList }))

/** What stands around every page: navigation, top bar, banners, status bar, shortcuts, command palette. */
export function Frame({ children }: { children: ReactNode }): ReactNode {
  const [over, setOver] = useState<'palette' | 'keys' | null>(null)
  const main = useRef<HTMLElement>(null)
  const [path, navigate] = useLocation()

  useNotices(path, navigate)
  useShortcuts({
    'mod+k': () => setOver('palette'),
    '?': () => setOver('keys'),
    '/': focusSearch,
    ...Object.fromEntries(places.map(({ key, href }) => [`g ${key}`, () => navigate(href)])),
  })
  useEffect(
    () =>
      onChange((change) => {
        if (change.type !== 'job') return
        const { kind, state, title, message } = change.job
        if (state === 'failed') toast(t.status.jobFailed(title, message), { bad: true })
        // Re-tagging and retention follow from what the person just did; the status bar showed them.
        if (state === 'done' && (kind === 'refresh' || kind === 'import'))
          toast(t.status.jobDone(title, message))
      }),
    [],
  )
  const place = path.split('/')[1] ?? ''
  const lastPlace = useRef(place)
  useEffect(() => {
    // A new page is read from its beginning; moving within one keeps the focus.
    if (lastPlace.current !== place) main.current?.focus({ preventScroll: true })
    lastPlace.current = place
  }, [place])

  return (
    <div className="grid h-full grid-cols-[52px_minmax(0,1fr)] wide:grid-cols-[208px_minmax(0,1fr)]">
      <a
        href="#content"
        className="print:hidden fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:translate-y-0"
      >
        {t.skip}
      </a>
      <Navigation />
      <div className="grid min-h-0 min-w-0 grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto]">
        <div>
          <Banners />
          <TopBar onPalette={() => setOver('palette')} />
        </div>
        {/* Pages scroll by themselves; what needs more height than a low window has scrolls here. */}
        <main
          ref={main}
          id="content"
          tabIndex={-1}
          className="min-h-0 min-w-0 overflow-x-hidden overflow-y-auto outline-none"
        >
          {children}
        </main>
        <StatusBar onPalette={() => setOver('palette')} onKeys={() => setOver('keys')} />
      </div>
      <Suspense>
        <FindInPage />
      </Suspense>
      <Suspense>
        {over === 'palette' && (
          <CommandPalette open onClose={() => setOver(null)} onKeys={() => setOver('keys')} />
        )}
        {over === 'keys' && <KeyList open onClose={() => setOver(null)} />}
      </Suspense>
    </div>
  )
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('search :is(input, textarea)')
  field?.focus()
  field?.select()
}
