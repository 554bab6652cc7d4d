import type { PostAnswer } from '../feeds/fetch/post.ts'
import { duration } from '../feeds/pace/duration.ts'
import type { ServiceKind } from './services/index.ts'

/** How a service took what it was sent. */
export interface Outcome {
  readonly isDelivered: boolean
  /** The receiver is gone for good. */
  readonly isOver: boolean
  /** What happened, as a sentence for the person; '' where it was taken. */
  readonly message: string
}

/** What an answer means, in words that name the host alone. The answer's own text is not read: it may repeat a secret. */
export function outcomeOf(
  kind: ServiceKind,
  host: string,
  { status, retryAt }: PostAnswer,
  now: number,
): Outcome {
  if (status >= 200 && status <= 299) return { isDelivered: true, isOver: false, message: '' }
  const message = status === 410 ? gone(host) : (ofKind(kind, host, status) ?? ofStatus(host, status))
  const wait = retryAt !== null && retryAt > now ? ` It asks to wait ${duration(retryAt - now)}.` : ''
  return { isDelivered: false, isOver: status === 410, message: message + wait }
}

const gone = (host: string): string =>
  `${host} says that this address is gone for good (410). Nothing more is sent there.`

/** What the makers of a service give a status as meaning. */
function ofKind(kind: ServiceKind, host: string, status: number): string | undefined {
  switch (`${kind} ${status}`) {
    case 'slack 403':
      return `${host} refuses this hook (403): its app was removed, or may not post in this channel.`
    case 'slack 404':
    case 'discord 404':
    case 'mattermost 404':
      return `${host} knows no such hook (404): it was deleted, or the address is not whole.`
    case 'telegram 400':
      return `${host} finds no such chat (400): check the chat_id, and write to the bot once so that it may answer.`
    case 'telegram 401':
    case 'telegram 404':
      return `${host} does not know the bot's token (${status}): check the address.`
    case 'telegram 403':
      return `${host} lets the bot not write there (403): it was blocked, or is no member of the group.`
    case 'ntfy 401':
    case 'ntfy 403':
      return `${host} wants a token or password for this topic (${status}): give it as the channel's secret.`
    default:
      return undefined
  }
}

function ofStatus(host: string, status: number): string {
  if (status >= 300 && status <= 399)
    return `${host} leads to another address (${status}), which is not followed. Give the address that it leads to.`
  switch (status) {
    case 401:
    case 403:
      return `${host} refuses access (${status}).`
    case 404:
      return `${host} has nothing at this address (404).`
    case 407:
      return 'The proxy wants a name and password (407). Put them into the proxy address.'
    case 413:
      return `${host} finds the message too long (413).`
    case 429:
      return `${host} is told too much at once (429).`
    case 503:
      return `${host} is overloaded or under repair (503).`
  }
  return status >= 500
    ? `${host} has a fault of its own (${status}).`
    : `${host} does not take the message (${status}).`
}
