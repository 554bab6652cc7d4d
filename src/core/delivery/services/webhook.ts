import type { NoticeBody } from '../../alerts/noticeBody.ts'
import { readHttpAddress } from '../address.ts'
import { jsonCall, type Sending, type Service } from '../sending.ts'
import { signedHeaders } from '../signing.ts'

/** A webhook after Standard Webhooks: for programs, so the texts of strangers are as they were. */
export const webhook: Service = {
  read: readHttpAddress,
  call({ address, secret }, sending) {
    const { id, at, now, notice, isTest } = sending
    const body = JSON.stringify({
      type: isTest ? 'alert.test' : 'alert.notice',
      timestamp: new Date(at).toISOString(),
      data: dataOf(sending, notice),
    })
    return jsonCall(address, body, signedHeaders(secret, id, now, body))
  },
}

function dataOf({ content }: Sending, notice: NoticeBody): NoticeBody {
  switch (content) {
    case 'link':
      return notice
    case 'title':
      return { ...notice, hits: notice.hits.map((hit) => ({ ...hit, link: '' })) }
    case 'count':
      return { ...notice, event: null, hits: [], more: notice.hits.length + notice.more }
  }
}
