import type { Sheet } from './sheet.tsx'

/** The tables and lists of a panel as they are shown, one under the other with an empty row between them. */
export function readSheet(panel: HTMLElement): Sheet {
  const blocks = [...panel.querySelectorAll<HTMLElement>('table, ul, ol')].filter(
    (block) => block.parentElement?.closest('table, ul, ol') === null || block.parentElement === null,
  )
  return blocks
    .map((block) => (block instanceof HTMLTableElement ? tableRows(block) : listRows(block)))
    .filter((rows) => rows.length > 0)
    .flatMap((rows, index) => (index === 0 ? rows : [[], ...rows]))
}

const tableRows = (table: HTMLTableElement): Sheet =>
  [...table.rows].map((row) => [...row.cells].map((cell) => cellOf(textOf(cell))))

/** An entry's parts are its columns. */
const listRows = (list: HTMLElement): Sheet =>
  [...list.children].map((entry) =>
    [...entry.children]
      .map((part) => textOf(part))
      .filter((text) => text !== '')
      .map(cellOf),
  )

/** The text that is seen; of a drawing, what it says of itself. */
function textOf(node: Node): string {
  return parts(node).join(' ').replace(/\s+/g, ' ').trim()
}

function parts(node: Node): string[] {
  if (node.nodeType === Node.TEXT_NODE) return [node.nodeValue ?? '']
  if (!(node instanceof Element)) return []
  if (node instanceof SVGElement)
    return node.getAttribute('role') === 'img' ? [node.getAttribute('aria-label') ?? ''] : []
  if (node.matches('.sr-only, [hidden]')) return []
  const inner = [...node.childNodes].flatMap(parts)
  // Words of one element run on; blocks stand apart.
  return [inner.join(getComputedStyle(node).display.startsWith('inline') ? '' : ' ')]
}

/** "1,234" as a number, and the dot of an empty cell as none. */
export function cellOf(text: string): string | number {
  if (text === '·') return 0
  return /^\d{1,3}(,\d{3})*$|^\d+$/.test(text) ? Number(text.replaceAll(',', '')) : text
}
