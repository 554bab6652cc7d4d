import { lazy, type ReactNode, useState } from 'react'
import { sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { BarMenu } from './barMenu.tsx'
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
      <BarMenu
        title={t.views.title}
        open={shown}
        onOpen={setShown}
        lines={4}
        className="w-[340px] p-4"
        trigger={
          <Button small disabled={views === undefined || seen === undefined} className="max-w-[240px]">
            <Icon name={open === null ? 'bookmark' : 'bookmarked'} size={14} />
            <span className="truncate">{open?.name ?? t.views.title}</span>
            {changed && <span className="text-ink-3">{t.views.changed}</span>}
          </Button>
        }
      >
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
      </BarMenu>
    </>
  )
}
