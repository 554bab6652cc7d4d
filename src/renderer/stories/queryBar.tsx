import { type ReactNode, useEffect, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { Kbd } from '../components/kbd.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { t } from '../messages/index.ts'

/** The search field of the top bar: Enter lists the query's stories. */
export function QueryBar(): ReactNode {
  const [location, navigate] = useLocation()
  const [params] = useSearchParams()
  const query = location.startsWith('/stories') ? (params.get('q') ?? '') : ''
  const [typed, setTyped] = useState(query)
  useEffect(() => setTyped(query), [query])
  return (
    <search>
      <form
        className="relative"
        onSubmit={(event) => {
          event.preventDefault()
          navigate(storiesOf(typed.trim()))
        }}
      >
        <input
          className="field"
          aria-label={t.search.label}
          placeholder={t.search.placeholder}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        {typed === '' && (
          <span className="pointer-events-none absolute top-1.5 right-2">
            <Kbd>/</Kbd>
          </span>
        )}
      </form>
    </search>
  )
}
