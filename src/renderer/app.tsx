import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import { Link, Route, Switch } from 'wouter'
import { queryClient } from './api.ts'
import { Page } from './components/page.tsx'
import { EmptyState, Skeleton } from './components/states.tsx'
import { Toasts } from './components/toast.tsx'
import { TooltipProvider } from './components/tooltip.tsx'
import { Fault } from './frame/fault.tsx'
import { Frame } from './frame/frame.tsx'
import { t } from './messages/index.ts'
import { innerPlaces, places } from './places.ts'
import { pages } from './routes.tsx'

export function App(): ReactNode {
  return (
    <Fault>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <Frame>
            <Switch>
              {[...places, ...innerPlaces].map(({ name, path }) => {
                const PlacePage = pages[name]
                return (
                  <Route key={path} path={path}>
                    <Fault key={path}>
                      <Suspense fallback={<Skeleton lines={8} className="px-6 py-4" />}>
                        <PlacePage />
                      </Suspense>
                    </Fault>
                  </Route>
                )
              })}
              <Route>
                <Page title={t.errors.nothingHere}>
                  <EmptyState title={t.errors.nothingHereHint}>
                    <Link href="/" className="text-accent underline">
                      {t.errors.toDashboard}
                    </Link>
                  </EmptyState>
                </Page>
              </Route>
            </Switch>
          </Frame>
          <Toasts />
        </TooltipProvider>
      </QueryClientProvider>
    </Fault>
  )
}
