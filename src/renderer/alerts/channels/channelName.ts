import type { Delivery } from '../../../api/contract/channels.ts'
import { t } from '../../messages/index.ts'

/** A channel as sentences name it: its kind, and its host or folder. */
export const channelName = ({ kind, place }: Pick<Delivery, 'kind' | 'place'>): string =>
  `${t.channels.kinds[kind]} ${place}`.trim()
