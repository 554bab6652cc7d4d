import { type ReactNode, useState } from 'react'
import type { Alert } from '../../../api/contract/alerts.ts'
import { api, client, queryClient, sentence } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Confirm } from '../../components/dialog.tsx'
import { Panel } from '../../components/panel.tsx'
import { toast } from '../../components/toast.tsx'
import { t } from '../../messages/index.ts'
import { isValid, useQueryCheck } from '../../query/useQueryCheck.ts'
import { countText, useStoryCount } from '../../query/useStoryCount.ts'

/** Old matches become hits on request, once the alert is saved. */
export function Backfill({ alert, changed }: { alert: Alert | undefined; changed: boolean }): ReactNode {
  const words = t.alertEditor.backfill
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const query = alert?.query ?? ''
  const count = useStoryCount(query, isValid(useQueryCheck(query, 'alert'), query) && query !== '')
  if (alert === undefined)
    return (
      <Panel title={words.title}>
        <p className="text-ink-3">{words.saveFirst}</p>
      </Panel>
    )
  const many = count === undefined ? t.query.counting : countText(count)
  const run = async (): Promise<void> => {
    setBusy(true)
    try {
      const { added } = await client.alerts.backfill({ id: alert.id })
      await queryClient.invalidateQueries({ queryKey: api.alerts.key() })
      toast(added === 0 ? words.nothing : words.done(added))
    } catch (error) {
      toast(sentence(error), { bad: true })
    } finally {
      setBusy(false)
      setAsking(false)
    }
  }
  return (
    <Panel title={words.title}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-[240px] flex-1 text-ink-2">{changed ? words.unsaved : words.text(many)}</p>
        <Button
          small
          disabled={changed || busy || count === undefined || count.stories === 0}
          onClick={() => setAsking(true)}
        >
          {words.do}
        </Button>
      </div>
      <Confirm
        open={asking}
        onClose={() => !busy && setAsking(false)}
        title={words.confirmTitle(many)}
        description={busy ? words.working : words.confirmText}
        action={words.do}
        look="main"
        busy={busy}
        onConfirm={() => void run()}
      />
    </Panel>
  )
}
