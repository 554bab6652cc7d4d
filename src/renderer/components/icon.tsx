import type { ReactNode } from 'react'

/** 16-px line drawings, in the text's colour. */
const drawings = {
  dashboard: 'M2.5 13.5v-5h3v5zM6.5 13.5v-11h3v11zM10.5 13.5v-7h3v7z',
  stories: 'M2.5 3.5h11M2.5 6.5h11M2.5 9.5h11M2.5 12.5h7',
  alerts: 'M3.5 11.5V7a4.5 4.5 0 0 1 9 0v4.5l1 1h-11zM6.5 14h3',
  themes: 'M2.5 8V3a.5.5 0 0 1 .5-.5h5l5.5 5.5-5.5 5.5zM5.5 5.5h.01',
  sources: 'M3 13h.01M3 9a4 4 0 0 1 4 4M3 6a7 7 0 0 1 7 7M3 3a10 10 0 0 1 10 10',
  settings: 'M2.5 4.5h5M11.5 4.5h2M9.5 3v3M2.5 11.5h2M8.5 11.5h5M6.5 10v3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5l3 3',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 2.5v2.7h-2.7',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  warning: 'M8 2.5l6 11H2zM8 6.5v3M8 11.5h.01',
  external: 'M9.5 2.5h4v4M13.5 2.5l-6 6M11.5 9.5v4h-9v-9h4',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4L6 8l4 4',
  up: 'M4 10l4-4 4 4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.5v9l7.5-4.5z',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.8 7v4M9.2 7v4',
  download: 'M8 2.5v8M4.5 7.5L8 11l3.5-3.5M2.5 13.5h11',
  upload: 'M8 11V3M4.5 6L8 2.5 11.5 6M2.5 13.5h11',
  star: 'M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  list: 'M5.5 4.5h8M5.5 8h8M5.5 11.5h8M2.5 4.5h.01M2.5 8h.01M2.5 11.5h.01',
  globe:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c2 2 2.7 4 2.7 6S10 12 8 14c-2-2-2.7-4-2.7-6S6 4 8 2z',
  bookmark: 'M4 2.5h8v11l-4-3-4 3z',
  bookmarked: 'M4 2.5h8v11l-4-3-4 3z',
  starred: 'M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z',
  unread: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  people:
    'M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM1.8 13c.3-2.3 1.9-3.6 4.2-3.6s3.9 1.3 4.2 3.6M10.6 3.3a2.1 2.1 0 0 1 0 4M11.8 9.7c1.4.4 2.2 1.5 2.4 3.3',
  calendar: 'M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v3M10.5 2.5v3',
  edit: 'M3 13l.7-2.7L10.8 3l2.2 2.2-7.3 7.2z',
} as const
export type IconName = keyof typeof drawings

/** Drawn full: what they stand for is on. */
const full: ReadonlySet<IconName> = new Set(['bookmarked', 'starred', 'unread'])

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={full.has(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      <path d={drawings[name]} />
    </svg>
  )
}
