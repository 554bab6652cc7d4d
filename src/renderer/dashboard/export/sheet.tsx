import { createContext, type ReactNode, type RefObject, useContext, useEffect, useRef } from 'react'

/** Rows of cells; a number is a number. */
export type Sheet = readonly (readonly (string | number)[])[]

type Read = RefObject<(() => Sheet) | null>

const SheetContext = createContext<Read | null>(null)

/** A panel from whose inside a drawing can give its numbers (`useSheet`). */
export function SheetPlace(props: { read: Read; children: ReactNode }): ReactNode {
  return <SheetContext value={props.read}>{props.children}</SheetContext>
}

/**
 * Gives the numbers of a drawing for export, as they are shown. A panel of tables and lists needs none: what it shows is read
 * from the page.
 */
export function useSheet(sheet: () => Sheet): void {
  const place = useContext(SheetContext)
  const latest = useRef(sheet)
  useEffect(() => {
    latest.current = sheet
  })
  useEffect(() => {
    if (place === null) return
    const read = (): Sheet => latest.current()
    place.current = read
    return () => {
      if (place.current === read) place.current = null
    }
  }, [place])
}
