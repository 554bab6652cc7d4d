import { Problem } from '../../problem.ts'
import { readHttpAddress, withBasicAuthentication } from '../address.ts'
import { jsonCall, type Service } from '../sending.ts'
import { fitting, textOf, wordingOf } from '../wording.ts'

/**
 * A topic of ntfy (https://docs.ntfy.sh/publish/#publish-as-json): `https://ntfy.sh/TOPIC`. The access token of a server that
 * wants one is its secret; a name and password may stand in the address.
 */
export const ntfy: Service = {
  read(typed) {
    const address = readHttpAddress(typed)
    if (!TOPIC.test(new URL(address).pathname))
      throw new Problem(
        'INVALID',
        'This address names no topic: it reads like https://ntfy.sh/TOPIC, with letters, digits, “-” and “_”.',
      )
    return address
  },
  call({ address, secret }, sending) {
    const { url, headers } = withBasicAuthentication(address)
    const server = new URL(url)
    const [, place = '/', topic = ''] = TOPIC.exec(server.pathname) ?? []
    server.pathname = place
    server.search = ''
    const wording = fitting(wordingOf(sending), (told) => Buffer.byteLength(textOf(told)) <= MESSAGE_MOST)
    const links = wording.lines.flatMap(({ link }) => (link === '' ? [] : [link]))
    const [first] = links
    const body = {
      topic,
      title: wording.heading,
      message: textOf({ ...wording, lines: wording.lines.map(({ text }) => ({ text, link: '' })) }),
      priority: Math.min(5, Math.max(1, Math.round(sending.notice.priority))),
      ...(first === undefined ? {} : { click: first }),
      ...(first === undefined
        ? {}
        : {
            actions: links.slice(0, ACTIONS_MOST).map((link, i) => ({
              action: 'view',
              label: links.length === 1 ? 'Open story' : `Open story ${i + 1}`,
              url: link,
            })),
          }),
    }
    const token: Record<string, string> = secret === '' ? {} : { authorization: `Bearer ${secret}` }
    return jsonCall(server.href, body, { ...headers, ...token })
  },
}

const TOPIC = /^(\/(?:[^/]+\/)*)([-_A-Za-z0-9]{1,64})\/?$/
/** Bytes: a longer message would be made an attachment. */
const MESSAGE_MOST = 4000
const ACTIONS_MOST = 3
