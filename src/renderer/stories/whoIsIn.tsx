import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Button } from '../components/button.tsx'
import { EntityTable } from '../entities/entityTable.tsx'
import { t } from '../messages/index.ts'

/** One click: the persons, organisations and places in the stories of the query. Following one of them closes it. */
export function WhoIsIn({ query }: { query: string }): ReactNode {
  const [open, setOpen] = useState(false)
  const words = t.entities
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button look="quiet" small icon="people" title={words.inThese}>
          {words.title}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={words.inThese}
          onClick={(event) => event.target instanceof Element && event.target.closest('a') && setOpen(false)}
          className="arrive z-30 max-h-(--radix-popover-content-available-height) w-[620px] max-w-[calc(100vw-24px)] overflow-y-auto rounded-lg border border-edge bg-raised px-4 py-3 shadow-float"
        >
          <h2 className="mb-2 text-sm font-semibold text-ink-2">{words.inThese}</h2>
          <EntityTable query={query} limit={15} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
