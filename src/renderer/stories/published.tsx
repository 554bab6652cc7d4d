import { useQuery } from '@tanstack/react-query'
import DOMPurify, { type Config } from 'dompurify'
import { type ReactNode, useEffect, useRef } from 'react'
import { api } from '../api.ts'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { t } from '../messages/index.ts'

/** What a text is made of; nothing that loads, runs, moves or dresses itself. */
const KEPT: Config = {
  ALLOWED_TAGS: (
    'a abbr b bdi bdo blockquote br caption cite code dd del dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ins ' +
    'kbd li mark ol p pre q rp rt ruby s samp section small span strong sub sup table tbody td tfoot th thead time tr u ul ' +
    'var wbr'
  ).split(' '),
  ALLOWED_ATTR: [
    'cite',
    'colspan',
    'datetime',
    'dir',
    'href',
    'lang',
    'reversed',
    'rowspan',
    'start',
    'title',
  ],
  ALLOWED_URI_REGEXP: /^(https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
}
/** Loaded they would tell the source who reads it and when: a link stands in their place. */
const MEDIA = 'img, picture, video, audio, iframe, embed, object'

/** The story's body as its source marked it up: links, lists, headings, tables. Pictures are links, opened where asked. */
export function Published({ id, lang }: { id: number; lang: string }): ReactNode {
  const asked = useQuery(api.stories.html.queryOptions({ input: { id } }))
  const place = useRef<HTMLDivElement>(null)
  const html = asked.data?.html
  useEffect(() => {
    if (html !== undefined) place.current?.replaceChildren(clean(html))
  }, [html])
  if (asked.error !== null) return <ErrorState error={asked.error} retry={() => void asked.refetch()} />
  if (html === undefined) return <Skeleton lines={9} className="mt-5" />
  return (
    <div
      ref={place}
      dir="auto"
      lang={lang || undefined}
      className="published mt-5 me-auto max-w-[60ch] font-serif text-lg break-words"
    />
  )
}

function clean(html: string): DocumentFragment {
  // Parsed apart from the page: nothing in it loads or runs.
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  for (const media of parsed.body.querySelectorAll(MEDIA)) media.replaceWith(linkTo(media, parsed))
  const fragment = DOMPurify.sanitize(parsed.body.innerHTML, KEPT) as unknown as DocumentFragment
  for (const link of fragment.querySelectorAll('a')) {
    if (!link.hasAttribute('href')) continue
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  }
  return fragment
}

/** A link to a picture, film or frame, named by what it says of itself; nothing where it has no address. */
function linkTo(media: Element, document: Document): Node {
  const source = media.matches('[src], [data]') ? media : media.querySelector('[src]')
  const address = source?.getAttribute('src') ?? source?.getAttribute('data') ?? ''
  if (!/^https?:/i.test(address)) return document.createTextNode('')
  const said = (media.getAttribute('alt') || media.getAttribute('title') || '').trim()
  const { picture, media: other } = t.stories.pane
  const name = media.matches('img, picture') ? picture : other
  if (media.closest('a') !== null) return document.createTextNode(said === '' ? name : `${name}: ${said}`)
  const link = document.createElement('a')
  link.href = address
  link.textContent = said === '' ? name : `${name}: ${said}`
  return link
}
