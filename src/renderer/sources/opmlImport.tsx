import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { client, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { FormError, Skeleton } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { decodeXml } from './xmlText.ts'

const LARGEST = 20_000_000

/** Choose or drop an OPML file; then each of its lines with what became of it. */
export function OpmlImport(props: { open: boolean; onClose: () => void }): ReactNode {
  return props.open ? <ImportDialog onClose={props.onClose} /> : null
}

function ImportDialog({ onClose }: { onClose: () => void }): ReactNode {
  const words = t.sources.opml
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const read = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > LARGEST) throw new TooLarge()
      return client.sources.importOpml({ opml: decodeXml(new Uint8Array(await file.arrayBuffer())) })
    },
  })
  const rows = read.data?.rows
  const count = (result: 'added' | 'duplicate' | 'refused'): number =>
    (rows ?? []).filter((row) => row.result === result).length

  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={words.title}
      description={words.text}
      foot={
        <>
          {rows !== undefined && <Button onClick={() => read.reset()}>{words.another}</Button>}
          <Button look={rows === undefined ? 'plain' : 'main'} onClick={onClose}>
            {rows === undefined ? t.actions.cancel : t.actions.close}
          </Button>
        </>
      }
    >
      {rows === undefined ? (
        <>
          <input
            ref={picker}
            type="file"
            accept=".opml,.xml,.txt,.csv,text/plain,text/csv,text/x-opml,application/xml,text/xml"
            aria-label={words.choose}
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => {
              const file = event.target.files?.[0]
              event.target.value = ''
              if (file !== undefined) read.mutate(file)
            }}
          />
          <button
            type="button"
            onClick={() => picker.current?.click()}
            onDragOver={(event) => {
              event.preventDefault()
              setOver(true)
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault()
              setOver(false)
              const file = event.dataTransfer.files[0]
              if (file !== undefined) read.mutate(file)
            }}
            className={classes(
              'flex w-full flex-col items-center gap-1 rounded-lg border border-dashed px-6 py-10 hover:bg-hover',
              over ? 'border-accent bg-selected' : 'border-edge',
            )}
          >
            <span className="text-accent">
              <Icon name="upload" size={20} />
            </span>
            <span className="font-semibold">{words.choose}</span>
            <span className="text-sm text-ink-3">{words.chooseHint}</span>
          </button>
          <div aria-live="polite" className="mt-3">
            {read.isPending && <Skeleton lines={3} />}
            <FormError
              error={
                read.error === null
                  ? null
                  : read.error instanceof TooLarge
                    ? words.tooLarge
                    : sentence(read.error)
              }
            />
          </div>
        </>
      ) : rows.length === 0 ? (
        <p className="text-ink-2">{words.nothing}</p>
      ) : (
        <>
          <p role="status" className="mb-2 flex gap-4 font-semibold">
            <span className="text-good">{words.added(count('added'))}</span>
            <span className="text-ink-2">{words.duplicate(count('duplicate'))}</span>
            <span className={count('refused') > 0 ? 'text-bad' : 'text-ink-2'}>
              {words.refused(count('refused'))}
            </span>
          </p>
          <table className="figures">
            <thead>
              <tr>
                <th className="number">{words.line}</th>
                <th>{words.feed}</th>
                <th>{words.result}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file may name one feed on one line twice
                <tr key={index} className="align-top">
                  <td className="number text-ink-3">{row.line}</td>
                  <td className="w-1/2 max-w-0">
                    <div className="truncate">{row.title || row.url}</div>
                    <div className="truncate text-sm text-ink-3">{row.url}</div>
                  </td>
                  <td className="!whitespace-normal">
                    <span
                      className={
                        { added: 'text-good', duplicate: 'text-ink-2', refused: 'text-bad' }[row.result]
                      }
                    >
                      {row.message === '' ? words.results[row.result] : row.message}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Dialog>
  )
}

class TooLarge extends Error {}
