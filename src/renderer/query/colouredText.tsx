import type { ReactNode, RefObject } from 'react'
import { classes } from '../components/classes.ts'
import { type Span, segments } from '../segments.ts'
import { movedTokens } from './colours.ts'
import type { Checked } from './useQueryCheck.ts'

/** The text of a query field again, under the field, coloured as the engine reads it and with its error marked. */
export function ColouredText(props: {
  ref: RefObject<HTMLDivElement | null>
  text: string
  checked: Checked | undefined
  error: { at: { start: number; end: number } } | undefined
  tall: boolean
}): ReactNode {
  const { text, checked, error } = props
  const spans: Span<string>[] = []
  if (checked !== undefined) {
    spans.push(...movedTokens(checked.check.tokens, checked.text, text))
    if (checked.text === text)
      for (const { at } of checked.check.warnings) spans.push({ ...at, kind: 'doubtful' })
  }
  // An error at the end of the text is marked on the space after it.
  if (error !== undefined)
    spans.push({ start: error.at.start, end: Math.max(error.at.end, error.at.start + 1), kind: 'wrong' })
  let at = 0
  return (
    <div
      ref={props.ref}
      aria-hidden="true"
      className={classes(
        'query-copy overflow-hidden',
        props.tall ? 'break-words whitespace-pre-wrap' : 'whitespace-pre',
      )}
    >
      {segments(`${text}\u00a0`, spans).map(({ text: piece, kinds }) => {
        const key = at
        at += piece.length
        return (
          <span key={key} className={kinds.map((kind) => `q-${kind}`).join(' ')}>
            {piece}
          </span>
        )
      })}
    </div>
  )
}
