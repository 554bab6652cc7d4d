import { readHttpAddress } from '../address.ts'
import { markdownText } from '../plainText.ts'
import { jsonCall, type Service } from '../sending.ts'
import { fitting, markdownOf, wordingOf } from '../wording.ts'

/**
 * A webhook of Discord: one embed, and no mention is allowed.
 * Source: https://discord.com/developers/docs/resources/webhook#execute-webhook
 */
export const discord: Service = {
  read: readHttpAddress,
  call({ address }, sending) {
    const wording = fitting(wordingOf(sending), (told) => markdownOf(told).length <= DESCRIPTION_MOST)
    return jsonCall(address, {
      allowed_mentions: { parse: [] },
      embeds: [{ title: markdownText(wording.heading, TITLE_MOST), description: markdownOf(wording) }],
    })
  },
}

const TITLE_MOST = 256
const DESCRIPTION_MOST = 4096
