import { readHttpAddress } from '../address.ts'
import { jsonCall, type Service } from '../sending.ts'
import { fitting, moreOf, type Wording, wordingOf } from '../wording.ts'

/**
 * The workflow "Post to a channel when a webhook request is received" of Teams: an adaptive card. Its texts are runs of rich
 * text, which are not read as Markdown; without a list of mentioned people it mentions nobody.
 * Source: https://adaptivecards.io/explorer/RichTextBlock.html
 */
export const teams: Service = {
  read: readHttpAddress,
  call({ address }, sending) {
    const wording = fitting(
      wordingOf(sending),
      (told) => Buffer.byteLength(JSON.stringify(messageOf(told))) <= MOST,
    )
    return jsonCall(address, messageOf(wording))
  },
}

function messageOf(wording: Wording): object {
  const more = moreOf(wording)
  const paragraph = (run: object): object => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', ...run }],
  })
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            paragraph({ text: wording.heading, weight: 'Bolder', size: 'Medium' }),
            ...wording.lines.map(({ text, link }) =>
              paragraph({
                text,
                ...(link === '' ? {} : { selectAction: { type: 'Action.OpenUrl', url: link } }),
              }),
            ),
            ...(more === '' ? [] : [paragraph({ text: more, isSubtle: true })]),
          ],
        },
      },
    ],
  }
}

/** Bytes; Teams takes 28 KB. */
const MOST = 24_000
