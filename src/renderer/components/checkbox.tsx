import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react'

/** A check box; `mixed` where only some of what it stands for is checked. */
export function Checkbox({
  mixed = false,
  ...rest
}: ComponentProps<'input'> & { mixed?: boolean }): ReactNode {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = mixed
  }, [mixed])
  return (
    <input
      {...rest}
      ref={box}
      type="checkbox"
      className="size-3.5 shrink-0 align-[-2px] cursor-pointer accent-accent"
    />
  )
}
