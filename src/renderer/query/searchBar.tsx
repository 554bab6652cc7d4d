import { type ReactNode, useEffect, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { client } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Kbd } from '../components/kbd.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { useCountUnit } from '../countUnit.ts'
import { t } from '../messages/index.ts'
import { setNarrowing } from '../view.ts'
import { QueryField } from './queryField.tsx'
import { SaveSearch } from './savedSearches.tsx'
import { isValid, useQueryCheck } from './useQueryCheck.ts'
import { countText, useStoryCount } from './useStoryCount.ts'

/** The search field of the top bar: Enter lists the query's stories, or filters the dashboard by it; their number shows while it is typed. */
export function SearchBar(): ReactNode {
  const [location, navigate] = useLocation()
  const [params] = useSearchParams()
  const onDashboard = location === '/'
  // On the dashboard the field has its filter, else the query of the list.
  const query = onDashboard || location.startsWith('/stories') ? (params.get('q') ?? '') : ''
  const [typed, setTyped] = useState(query)
  useEffect(() => setTyped(query), [query])

  const submit = async (text: string): Promise<void> => {
    const wanted = text.trim()
    if (wanted !== '') {
      // The field shows the error; the list stays as it is. Where the engine is away the list says so.
      const answer = await client.query.check({ query: wanted, use: 'search' }).catch(() => undefined)
      if (answer?.error !== undefined) return
      // A search is remembered once its list was opened; a failure here must not disturb it.
      client.query.remember({ query: wanted }).catch(() => undefined)
    }
    if (onDashboard) setNarrowing(wanted)
    else navigate(storiesOf(wanted))
    // From the field to what it found: j and k move in the list.
    document.getElementById('content')?.focus({ preventScroll: true })
  }
  return (
    <search>
      <QueryField
        label={t.search.label}
        placeholder={onDashboard ? t.search.filterPlaceholder : t.search.placeholder}
        use="search"
        floating
        recall
        value={typed}
        onChange={setTyped}
        onLeave={() => setTyped(query)}
        onSubmit={(text) => void submit(text)}
      >
        <div className="flex h-[30px] shrink-0 items-center gap-1 pr-1">
          {typed.trim() === '' ? (
            <span className="pointer-events-none px-1">
              <Kbd>/</Kbd>
            </span>
          ) : (
            <AtTheEnd
              text={typed.trim()}
              onClear={() => {
                setTyped('')
                if (query === '') return
                if (onDashboard) setNarrowing('')
                else navigate(storiesOf(''))
              }}
            />
          )}
        </div>
      </QueryField>
    </search>
  )
}

function AtTheEnd({ text, onClear }: { text: string; onClear: () => void }): ReactNode {
  const valid = isValid(useQueryCheck(text, 'search'), text)
  const [params] = useSearchParams()
  // A list of each story, though events are counted elsewhere.
  const unit = useCountUnit()
  const count = useStoryCount(text, valid, params.get('as') === 'stories' ? 'stories' : unit)
  return (
    <>
      <output className="px-1 text-sm whitespace-nowrap text-ink-3" aria-live="polite">
        {count !== undefined && countText(count)}
      </output>
      <SaveSearch query={text} enabled={valid} />
      <Button
        look="quiet"
        small
        icon="close"
        aria-label={t.query.clear}
        title={t.query.clear}
        onClick={onClear}
      />
    </>
  )
}
