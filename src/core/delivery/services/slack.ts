import { readHttpAddress } from '../address.ts'
import { jsonCall, type Service } from '../sending.ts'
import { fitting, moreOf, textOf, type Wording, wordingOf } from '../wording.ts'

/**
 * An incoming webhook of Slack. What is shown is a rich text block, whose elements are not read as markup; `text` is what
 * notifications show of it, with `&`, `<` and `>` as references.
 * Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export const slack: Service = {
  read: readHttpAddress,
  call({ address }, sending) {
    const wording = fitting(
      wordingOf(sending),
      (told) => JSON.stringify(blocksOf(told)).length <= BLOCKS_MOST,
    )
    const text = `${wording.heading}: ${textOf({ ...wording, lines: wording.lines.slice(0, 1), more: 0 })}`
    return jsonCall(address, {
      text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      mrkdwn: false,
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      blocks: blocksOf(wording),
    })
  },
}

function blocksOf(wording: Wording): object[] {
  const section = (...elements: object[]): object => ({ type: 'rich_text_section', elements })
  const plain = (text: string): object => ({ type: 'text', text })
  const more = moreOf(wording)
  return [
    {
      type: 'rich_text',
      elements: [
        section({ type: 'text', text: wording.heading, style: { bold: true } }),
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: wording.lines.map(({ text, link }) =>
            section(link === '' ? plain(text) : { type: 'link', url: link, text }),
          ),
        },
        ...(more === '' ? [] : [section(plain(more))]),
      ],
    },
  ]
}

/** Well below what Slack takes in a message. */
const BLOCKS_MOST = 12_000
