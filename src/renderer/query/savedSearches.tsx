import { useQuery } from '@tanstack/react-query'
import { Popover } from 'radix-ui'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { SavedSearch } from '../../api/contract/query.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Labelled } from '../components/labelled.tsx'
import { FormError } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'

/** Saves the query under a name, renames or removes it where it is saved, or makes an alert of it. */
export function SaveSearch({ query, enabled }: { query: string; enabled: boolean }): ReactNode {
  const [open, setOpen] = useState(false)
  const searches = useQuery(api.query.saved.queryOptions({ input: {} })).data ?? []
  const saved = searches.find((search) => search.query === query)
  const label = saved === undefined ? t.query.save : t.query.savedAs(saved.name)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button
          look="quiet"
          small
          icon={saved === undefined ? 'bookmark' : 'bookmarked'}
          className={saved === undefined ? '' : 'text-accent'}
          disabled={!enabled}
          aria-label={label}
          title={label}
        />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={8}
          aria-label={label}
          className="arrive z-40 flex w-[320px] flex-col gap-3 rounded-lg border border-edge bg-raised p-4 shadow-float"
        >
          <SaveForm query={query} saved={saved} onDone={() => setOpen(false)} />
          <Link
            href={`/alerts/edit/new?q=${encodeURIComponent(query)}`}
            onClick={() => setOpen(false)}
            className="self-start text-accent hover:underline"
          >
            {t.query.makeAlert}
          </Link>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function SaveForm(props: { query: string; saved: SavedSearch | undefined; onDone: () => void }): ReactNode {
  const { query, saved, onDone } = props
  const [name, setName] = useState(saved?.name ?? query.slice(0, 60))
  const [error, setError] = useState<unknown>(null)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    try {
      const made = await client.query.save({
        ...(saved === undefined ? {} : { id: saved.id }),
        name: name.trim(),
        query,
      })
      await queryClient.invalidateQueries({ queryKey: api.query.saved.key() })
      toast(t.query.saved(made.name))
      onDone()
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={save}>
      <Labelled label={t.query.name} hint={<FormError error={error} />}>
        {(ids) => (
          <input
            {...ids}
            className="field"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onFocus={(event) => event.target.select()}
          />
        )}
      </Labelled>
      <div className="flex items-center gap-2">
        <Button look="main" type="submit" disabled={name.trim() === ''}>
          {saved === undefined ? t.query.saveSearch : t.query.rename}
        </Button>
        {saved !== undefined && (
          <Button
            look="danger"
            onClick={() => {
              onDone()
              void removeSaved(saved)
            }}
          >
            {t.actions.remove}
          </Button>
        )}
      </div>
    </form>
  )
}

async function removeSaved(saved: SavedSearch): Promise<void> {
  try {
    await client.query.removeSaved({ id: saved.id })
    await queryClient.invalidateQueries({ queryKey: api.query.saved.key() })
    const { name, query } = saved
    toast(t.query.removed(name), {
      action: {
        text: t.actions.undo,
        run: () => {
          client.query.save({ name, query }).then(
            () => queryClient.invalidateQueries({ queryKey: api.query.saved.key() }),
            (error: unknown) => toast(sentence(error), { bad: true }),
          )
        },
      },
    })
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
}
