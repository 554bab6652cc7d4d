import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { toast } from '../../components/toast.tsx'
import { t } from '../../messages/index.ts'

/** Shows the key that was made for a webhook, this once. */
export function ShownKey({ secret, onClose }: { secret: string | null; onClose: () => void }): ReactNode {
  const words = t.channels.key
  const copy = (): void => {
    navigator.clipboard.writeText(secret ?? '').then(
      () => toast(words.copied),
      () => toast(words.notCopied, { bad: true }),
    )
  }
  return (
    <Dialog
      open={secret !== null}
      onClose={onClose}
      title={words.title}
      description={words.text}
      foot={
        <>
          <Button onClick={copy}>{words.copy}</Button>
          <Button look="main" onClick={onClose}>
            {words.done}
          </Button>
        </>
      }
    >
      <code className="block rounded-md border border-line bg-panel p-3 font-mono text-sm break-all select-all">
        {secret}
      </code>
    </Dialog>
  )
}
