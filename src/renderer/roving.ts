import { type KeyboardEvent, useEffect, useRef } from 'react'

/** What takes the focus by itself; fields and menus keep their own keys and their own stops. */
const STOPS = 'a[href], button:not([disabled]), input[type=checkbox], g[role=button]'

/** What of a drawing takes the focus is no HTML element. */
type Stop = HTMLElement | SVGElement

interface Roving<Box extends HTMLElement> {
  readonly ref: React.RefObject<Box | null>
  readonly onKeyDown: (event: KeyboardEvent<Box>) => void
  readonly onFocus: (event: React.FocusEvent<Box>) => void
}

/**
 * Makes all links and buttons of a box one stop of the Tab key: Tab comes to the one that had the focus last, the arrow keys go to
 * the next one in their direction as it is seen, Home and End to the first and last (ARIA APG, "roving tabindex"). Spread what it
 * returns over the box.
 * @param on false leaves every stop as it is
 */
export function useRoving<Box extends HTMLElement = HTMLDivElement>(on = true): Roving<Box> {
  const ref = useRef<Box>(null)
  useEffect(() => {
    const box = ref.current
    if (box === null || !on) return
    const settle = (): void => keepOneStop(box, current(box))
    settle()
    // What is drawn later joins the others.
    const observer = new MutationObserver(settle)
    observer.observe(box, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['href', 'disabled'],
    })
    return () => observer.disconnect()
  }, [on])
  return {
    ref,
    onFocus(event) {
      if (on && event.target.matches(STOPS)) keepOneStop(event.currentTarget, event.target)
    },
    onKeyDown(event) {
      const { target, currentTarget: box, key } = event
      if (!on) return
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (!(target instanceof HTMLElement || target instanceof SVGElement) || !target.matches(STOPS)) return
      const next = neighbour(stopsOf(box), target, key)
      if (next === undefined) return
      event.preventDefault()
      next.focus()
    },
  }
}

function stopsOf(box: HTMLElement): Stop[] {
  return [...box.querySelectorAll<Stop>(STOPS)].filter((stop) => stop.checkVisibility())
}

const current = (box: HTMLElement): Stop | undefined =>
  box.querySelector<Stop>(':is(a, button, input, g)[data-stop]') ?? undefined

function keepOneStop(box: HTMLElement, wanted: Stop | undefined): void {
  const stops = stopsOf(box)
  const one = wanted !== undefined && stops.includes(wanted) ? wanted : stops[0]
  for (const stop of box.querySelectorAll<Stop>(STOPS)) {
    const tabIndex = stop === one ? 0 : -1
    if (stop.tabIndex !== tabIndex) stop.tabIndex = tabIndex
    if (stop === one) stop.dataset.stop = ''
    else delete stop.dataset.stop
  }
}

interface Placed {
  readonly x: number
  readonly y: number
}

function neighbour(stops: readonly Stop[], from: Stop, key: string): Stop | undefined {
  const at = stops.indexOf(from)
  if (key === 'Home') return stops[0]
  if (key === 'End') return stops.at(-1)
  if (key === 'ArrowRight') return stops[at + 1]
  if (key === 'ArrowLeft') return stops[at - 1]
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  const centres = stops.map(centreOf)
  const index = nextLine(centres, at, key === 'ArrowDown' ? 1 : -1)
  return index === undefined ? undefined : stops[index]
}

function centreOf(element: Element): Placed {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

/** Half a line: what is less far apart stands on the same one. */
const LINE = 8

/**
 * Of places on lines, the one on the next line up (-1) or down (1) that is the least to the side; undefined where there is no
 * such line.
 */
export function nextLine(places: readonly Placed[], at: number, step: -1 | 1): number | undefined {
  const from = places[at]
  if (from === undefined) return undefined
  const beyond = places
    .map((place, index) => ({ index, down: (place.y - from.y) * step, side: Math.abs(place.x - from.x) }))
    .filter(({ down }) => down > LINE)
  const nearest = Math.min(...beyond.map(({ down }) => down))
  return beyond.filter(({ down }) => down <= nearest + LINE).toSorted((a, b) => a.side - b.side)[0]?.index
}
