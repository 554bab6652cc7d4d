import { Parser } from 'htmlparser2'

/** Pages nest some tens of elements deep. */
const MOST_OPEN = 512

/**
 * htmlparser2's parser of HTML that forgets the outermost of very many open elements: it keeps them in a list and puts each new one
 * before all others, which is quadratic in their number. What is forgotten ends without an event.
 */
export class ShallowParser extends Parser {
  // Asked of each element before it is put on the list.
  override isVoidElement(name: string): boolean {
    // biome-ignore lint/complexity/useLiteralKeys: its types hide them
    for (const list of [this['stack'], this['foreignContext']])
      if (list.length > MOST_OPEN) list.length = MOST_OPEN / 2
    return super.isVoidElement(name)
  }
}
