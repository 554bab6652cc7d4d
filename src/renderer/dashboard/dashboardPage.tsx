import type { ReactNode } from 'react'
import { Page } from '../components/page.tsx'
import { t } from '../messages/index.ts'

export function DashboardPage(): ReactNode {
  return <Page title={t.nav.dashboard}>{null}</Page>
}
