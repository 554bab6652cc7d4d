import { type ReactNode, useState } from 'react'
import { Icon, type IconName } from '../components/icon.tsx'
import { EmptyState } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { AddSource } from '../sources/addSource.tsx'
import { OpmlImport } from '../sources/opmlImport.tsx'
import { StarterSources } from '../sources/starterSources.tsx'

/** The first run: three ways to the first source. */
export function Welcome(): ReactNode {
  const words = t.dashboard.welcome
  const [over, setOver] = useState<'starter' | 'add' | 'opml' | null>(null)
  const close = (): void => setOver(null)
  return (
    <div className="mx-auto max-w-[760px] py-[8vh]">
      <h2 className="font-serif text-2xl tracking-[-0.015em]">{words.title}</h2>
      <p className="mt-2 max-w-[62ch] font-serif text-lg text-ink-2">{words.lead}</p>
      <div className="mt-6 grid gap-3">
        <Way
          icon="globe"
          main
          text={words.starter}
          hint={words.starterHint}
          onClick={() => setOver('starter')}
        />
        <Way icon="plus" text={words.add} hint={words.addHint} onClick={() => setOver('add')} />
        <Way icon="upload" text={words.opml} hint={words.opmlHint} onClick={() => setOver('opml')} />
      </div>
      <StarterSources open={over === 'starter'} onClose={close} />
      <AddSource open={over === 'add'} onClose={close} />
      <OpmlImport open={over === 'opml'} onClose={close} />
    </div>
  )
}

function Way(props: {
  icon: IconName
  main?: boolean
  text: string
  hint: string
  onClick: () => void
}): ReactNode {
  return (
    <button
      type="button"
      aria-label={props.text}
      onClick={props.onClick}
      className={`flex items-center gap-4 rounded-lg border bg-panel px-5 py-4 text-left hover:bg-hover ${
        props.main === true ? 'border-accent' : 'border-line'
      }`}
    >
      <span className="text-accent">
        <Icon name={props.icon} size={20} />
      </span>
      <span className="flex flex-col">
        <span className="text-md font-semibold">{props.text}</span>
        <span className="text-ink-2">{props.hint}</span>
      </span>
    </button>
  )
}

/** There are sources, and no story yet. */
export function Waiting(): ReactNode {
  const words = t.dashboard.welcome
  return <EmptyState title={words.waiting}>{words.waitingHint}</EmptyState>
}
