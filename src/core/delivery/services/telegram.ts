import { Problem } from '../../problem.ts'
import { readHttpAddress } from '../address.ts'
import { jsonCall, type Service } from '../sending.ts'
import { fitting, textOf, type Wording, wordingOf } from '../wording.ts'

/**
 * A chat that a bot of Telegram writes to: `https://api.telegram.org/botTOKEN/sendMessage?chat_id=CHAT`. The text is sent
 * without a parse mode, so nothing in it is markup.
 * Source: https://core.telegram.org/bots/api#sendmessage
 */
export const telegram: Service = {
  read(typed) {
    const url = new URL(readHttpAddress(typed))
    const path = /^(.*\/bot[^/]+)(?:\/(?:sendMessage\/?)?)?$/i.exec(url.pathname)?.[1]
    if (path === undefined || !url.searchParams.get('chat_id'))
      throw new Problem(
        'INVALID',
        'This address lacks the bot or the chat: it reads like https://api.telegram.org/botTOKEN/sendMessage?chat_id=CHAT.',
      )
    url.pathname = `${path}/sendMessage`
    return url.href
  },
  call({ address }, sending) {
    const url = new URL(address)
    const chat = url.searchParams.get('chat_id') ?? ''
    const topic = Number(url.searchParams.get('message_thread_id') ?? '')
    url.search = ''
    const wording = fitting(wordingOf(sending), (told) => messageOf(told).length <= TEXT_MOST)
    return jsonCall(url.href, {
      chat_id: chat,
      ...(topic > 0 ? { message_thread_id: topic } : {}),
      text: messageOf(wording),
      link_preview_options: { is_disabled: true },
      disable_notification: sending.notice.priority <= 2,
    })
  },
}

const messageOf = (wording: Wording): string => `${wording.heading}\n${textOf(wording)}`

const TEXT_MOST = 4096
