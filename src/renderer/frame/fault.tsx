import { Component, type ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { t } from '../messages/index.ts'

/** Stands in where a part of the page threw, so that the rest stays. */
export class Fault extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <div role="alert" className="flex flex-col items-start gap-2 p-6">
        <p className="flex items-center gap-1.5 font-semibold text-bad">
          <Icon name="warning" />
          {t.errors.page}
        </p>
        <p className="text-ink-2">{t.errors.pageHint}</p>
        <p className="font-serif text-ink-3">{error.message}</p>
        <Button icon="refresh" onClick={() => window.location.reload()}>
          {t.errors.reload}
        </Button>
      </div>
    )
  }
}
