import type { ReactNode } from 'react'
import { matchRoute, useLocation, useRouter } from 'wouter'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { COLUMN, GUTTER } from '../components/page.tsx'
import { t } from '../messages/index.ts'
import { innerPlaces, places } from '../places.ts'
import { SearchBar } from '../query/searchBar.tsx'
import { RangeControl } from './rangeControl.tsx'
import { UnitControl } from './unitControl.tsx'

/** The query bar everywhere; the range where the page shows one. */
export function TopBar({ onPalette }: { onPalette: () => void }): ReactNode {
  const [location] = useLocation()
  const { parser } = useRouter()
  const isHere = ({ path }: { path: string }): boolean => matchRoute(parser, path, location)[0]
  const place = places.find(isHere)
  const inColumn = place?.column ?? innerPlaces.find(isHere)?.column
  return (
    <header className="border-b border-line bg-panel py-2 print:hidden sm:py-3">
      <div
        className={classes(
          'flex flex-wrap items-start gap-x-2 gap-y-1.5 sm:gap-x-3 sm:gap-y-2',
          inColumn === true ? COLUMN : GUTTER,
        )}
      >
        <div className="min-w-[200px] flex-1 sm:min-w-[280px]">
          <SearchBar />
        </div>
        {place?.counted === true && (
          <div
            className={classes(
              'flex flex-wrap gap-x-2 gap-y-1.5 sm:gap-x-3',
              place.ranged === true && 'max-sm:order-1 max-sm:w-full',
            )}
          >
            {place.ranged === true && <RangeControl />}
            <UnitControl />
          </div>
        )}
        <Button
          look="quiet"
          icon="list"
          aria-label={t.palette.title}
          title={`${t.palette.title} (Ctrl K)`}
          onClick={onPalette}
        />
      </div>
    </header>
  )
}
