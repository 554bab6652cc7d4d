/**
 * A stranger's text as one line that a chat shows and does nothing else with: no control characters, no turned writing
 * direction, and no mention. A word joiner, which is not seen, stands behind each "@" and "<" that could begin one.
 * @param most UTF-16 units, those of the joiners not counted; a longer text is cut, which an ellipsis tells
 */
export function plainLine(text: string, most: number): string {
  const line = text.toWellFormed().replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim()
  return shortened(line, most).replaceAll(BEGINS_MENTION, '$&\u2060')
}

/** A text of at most so many UTF-16 units; no character is cut in two. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, most + 64))) {
    if (kept.length + segment.length > most - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/**
 * An address that a chat may make a link of: it leads to the web, has no name or password, no "@" that could be read as a
 * mention and no parenthesis that could end a Markdown link. '' where there is none, or one longer than services take.
 */
export function plainLink(link: string): string {
  const url = URL.parse(link)
  if (url === null || !/^https?:$/.test(url.protocol)) return ''
  url.username = ''
  url.password = ''
  const written = url.href.replaceAll('@', '%40').replaceAll('(', '%28').replaceAll(')', '%29')
  return written.length > LONGEST_LINK ? '' : written
}

/**
 * A plain line for services that read Markdown: each sign of it stands behind a backslash.
 * @param most UTF-16 units, those backslashes counted
 */
export function markdownText(line: string, most = Number.POSITIVE_INFINITY): string {
  for (let length = line.length; ; length--) {
    const escaped = shortened(line, length).replaceAll(/[\\`*_{}[\]()#+\-.!|>~]/g, '\\$&')
    if (escaped.length <= most || length <= 1) return escaped
  }
}

/** Discord's limit, the lowest. */
const LONGEST_LINK = 2048

/**
 * Control and format characters (soft hyphen, zero width, direction, byte order mark, tags) and line separators; not the two
 * joiners that Persian, Indic scripts and emoji are written with.
 */
const UNSEEN = /(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+/gu

/** `@name`, and what Slack and Discord read in angle brackets: `<!channel>`, `<@U1>`, `<#C1>`, `<at>`, `<t:0>`. */
const BEGINS_MENTION = /[@＠﹫](?=\S)|<(?=\S)/gu
