import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'

const looks = {
  plain: 'border border-edge bg-panel text-ink hover:bg-hover',
  main: 'border border-transparent bg-accent font-semibold text-accent-ink hover:brightness-110',
  quiet: 'border border-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border border-edge bg-panel text-bad hover:bg-hover',
}

export interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks
  icon?: IconName
  small?: boolean
}

/** A button. With an icon and no children it needs an aria-label. */
export function Button({
  look = 'plain',
  icon,
  small,
  className,
  children,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={classes(
        'inline-flex shrink-0 items-center justify-center print:hidden gap-1.5 rounded-md whitespace-nowrap disabled:opacity-50 disabled:pointer-events-none',
        children === undefined
          ? small === true
            ? 'size-6'
            : 'size-[31px]'
          : small === true
            ? 'px-2 py-0.5 text-sm'
            : 'px-3 py-[5px]',
        looks[look],
        className,
      )}
    >
      {icon !== undefined && <Icon name={icon} size={small === true ? 14 : 16} />}
      {children}
    </button>
  )
}
