import { readHttpAddress } from '../address.ts'
import { markdownText } from '../plainText.ts'
import { jsonCall, type Service } from '../sending.ts'
import { fitting, markdownOf, type Wording, wordingOf } from '../wording.ts'

/**
 * An incoming webhook of Mattermost: Markdown with every sign of the stories' texts escaped.
 * Source: https://developers.mattermost.com/integrate/webhooks/incoming/
 */
export const mattermost: Service = {
  read: readHttpAddress,
  call({ address }, sending) {
    const text = textOf(fitting(wordingOf(sending), (told) => textOf(told).length <= MOST))
    return jsonCall(address, { text })
  },
}

const textOf = (wording: Wording): string => `**${markdownText(wording.heading)}**\n${markdownOf(wording)}`

/** Older servers take 4000 characters. */
const MOST = 4000
