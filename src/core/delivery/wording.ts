import type { NoticeBody } from '../alerts/noticeBody.ts'
import { counted } from '../counted.ts'
import { markdownText, plainLine, plainLink } from './plainText.ts'
import type { Sending } from './sending.ts'

/** A notice in words for a person, each a line of plain text (plainText.ts). */
export interface Wording {
  /** The alert's name. */
  readonly heading: string
  readonly lines: readonly Line[]
  /** How many stories stand in no line. */
  readonly more: number
}

export interface Line {
  readonly text: string
  /** '' where the line leads nowhere. */
  readonly link: string
}

/** A title longer than this says no more. */
const TITLE_MOST = 240
const NAME_MOST = 120
const LINES_MOST = 10

/** Says a notice, as much of it as the channel is to be told. */
export function wordingOf({ notice, words, content, isTest }: Told): Wording {
  const name = plainLine(notice.alert, NAME_MOST) || 'An alert'
  if (isTest) return { heading: `Test of ${name}`, lines: [{ text: TEST, link: '' }], more: 0 }
  const total = notice.hits.length + notice.more
  const said = plainLine(words, TITLE_MOST)
  const shown = content === 'count' ? [] : linesOf(notice).slice(0, LINES_MOST)
  const lines = [
    ...(said === '' ? [] : [{ text: said, link: '' }]),
    ...(content === 'count' && total > 0 ? [{ text: counted(total, 'story', 'stories'), link: '' }] : []),
    ...shown.map(({ text, link }) => ({ text, link: content === 'link' ? plainLink(link) : '' })),
  ]
  const isOne = notice.event !== null && shown.length > 0
  return {
    heading: name,
    lines:
      lines.length === 0
        ? [{ text: total > 0 ? counted(total, 'story', 'stories') : NOTHING, link: '' }]
        : lines,
    more: shown.length === 0 || isOne ? 0 : total - shown.length,
  }
}

type Told = Pick<Sending, 'notice' | 'words' | 'content' | 'isTest'>

/**
 * As many of the lines as there is room for; what is left out is counted.
 * @param fits whether a wording is short enough
 */
export function fitting(wording: Wording, fits: (wording: Wording) => boolean): Wording {
  let told = wording
  while (told.lines.length > 1 && !fits(told))
    told = { ...told, lines: told.lines.slice(0, -1), more: told.more + 1 }
  return told
}

/** "and 12 more"; '' where there are none. */
export const moreOf = ({ more }: Wording): string => (more > 0 ? `and ${more.toLocaleString('en')} more` : '')

/** The lines of a message as text, each link beneath its line. */
export const textOf = (wording: Wording): string =>
  [...wording.lines.flatMap(({ text, link }) => [text, link]), moreOf(wording)]
    .filter((line) => line !== '')
    .join('\n')

/** The lines as Markdown. */
export const markdownOf = (wording: Wording): string =>
  [
    ...wording.lines.map(({ text, link }) =>
      link === '' ? markdownText(text) : `[${markdownText(text)}](${link})`,
    ),
    moreOf(wording),
  ]
    .filter((line) => line !== '')
    .join('\n')

/** One happening is one line, with who told it first and how many more did. */
function linesOf({ event, hits }: NoticeBody): Line[] {
  const [first] = hits
  if (event !== null && first !== undefined) {
    const others = event.sources - 1
    const more = others > 0 ? `, +${counted(others, 'source')}` : ''
    return [{ text: `${title(event.headline || first.title)}${by(first.source)}${more}`, link: first.link }]
  }
  return hits.map(({ title: text, source, link }) => ({ text: `${title(text)}${by(source)}`, link }))
}

const title = (text: string): string => plainLine(text, TITLE_MOST) || 'A story without a title'
const by = (source: string): string => {
  const name = plainLine(source, NAME_MOST)
  return name === '' ? '' : ` — ${name}`
}

const NOTHING = 'It has something to tell; its inbox has more.'
const TEST = 'This is a test from Wirewatch. Notices of this alert will come here.'
