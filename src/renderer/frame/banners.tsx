import type { ReactNode } from 'react'
import { useConnection } from '../connection.ts'
import { t } from '../messages/index.ts'
import { useAppInfo, useFormat } from '../useFormat.ts'

/** What a person must know of this window: it shows the sample; the engine is away, or was. */
export function Banners(): ReactNode {
  const info = useAppInfo()
  const format = useFormat()
  const connection = useConnection()
  return (
    <>
      {info?.sample === true && (
        <section
          aria-label={t.banner.label}
          title={t.banner.sample(format.dateTime(info.now))}
          className="truncate border-b border-line bg-selected px-3 py-0.5 text-sm text-ink-2 print:hidden sm:px-6 sm:py-1"
        >
          {t.banner.sample(format.dateTime(info.now))}
        </section>
      )}
      <div role="status">
        {info !== undefined && info.trouble !== null && (
          <p className="arrive border-b border-line px-6 py-1 text-sm text-bad">{info.trouble}</p>
        )}
        {connection === 'lost' && (
          <p className="arrive border-b border-line px-6 py-1 text-sm text-warn">{t.banner.lost}</p>
        )}
        {connection === 'refused' && (
          <p className="arrive border-b border-line px-6 py-1 text-sm text-warn">{t.errors.session}</p>
        )}
        {connection === 'back' && (
          <p className="arrive border-b border-line px-6 py-1 text-sm text-good">{t.banner.back}</p>
        )}
      </div>
    </>
  )
}
