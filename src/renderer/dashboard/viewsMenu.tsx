import { Popover } from 'radix-ui'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Skeleton } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { PANEL_IDS } from './panels.ts'
import { isChanged, openAsSaved, saveView, useOpenView, useSavedViews, useSeen } from './savedViews.ts'

const ViewForm = lazy(async () => ({ default: (await import('./viewForm.tsx')).ViewForm }))

/** Saves what is seen as a view; lists, orders, pins and removes the views; says where the open one was changed. */
export function ViewsMenu(): ReactNode {
  const [shown, setShown] = useState(false)
  const views = useSavedViews()
  const open = useOpenView() ?? null
  const seen = useSeen()
  const changed = open !== null && seen !== undefined && isChanged(PANEL_IDS, open, seen)
  const saveAgain = async (): Promise<void> => {
    if (open === null || seen === undefined) return
    const { id, name, pinned } = open
    try {
      openAsSaved(await saveView({ ...seen, id, name, pinned }))
      toast(t.views.saved(name))
    } catch (error) {
      toast(sentence(error), { bad: true })
    }
  }
  return (
    <>
      {changed && (
        <Button small look="main" onClick={() => void saveAgain()}>
          {t.views.saveAgain}
        </Button>
      )}
      <Popover.Root open={shown} onOpenChange={setShown}>
        <Popover.Trigger asChild>
          <Button small disabled={views === undefined || seen === undefined} className="max-w-[240px]">
            <Icon name={open === null ? 'bookmark' : 'bookmarked'} size={14} />
            <span className="truncate">{open?.name ?? t.views.title}</span>
            {changed && <span className="text-ink-3">{t.views.changed}</span>}
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="end"
            sideOffset={6}
            collisionPadding={8}
            aria-label={t.views.title}
            className="arrive z-30 max-h-(--radix-popover-content-available-height) w-[340px] overflow-y-auto rounded-lg border border-edge bg-raised p-4 shadow-float"
          >
            <Suspense fallback={<Skeleton lines={4} />}>
              {views !== undefined && seen !== undefined && (
                <ViewForm
                  key={`${open?.id} ${open?.pinned}`}
                  views={views}
                  open={open}
                  changed={changed}
                  seen={seen}
                  onDone={() => setShown(false)}
                />
              )}
            </Suspense>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  )
}
