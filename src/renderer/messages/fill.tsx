import { Fragment, type ReactNode } from 'react'

/** A message with elements in it: each `{name}` of the text is replaced by the value of that name. */
export function fill(text: string, values: Readonly<Record<string, ReactNode>>): ReactNode {
  return text.split(/(\{\w+\})/).map((part, index) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
      <Fragment key={index}>{name !== undefined && name in values ? values[name] : part}</Fragment>
    )
  })
}
