import type { HitView } from '../../../api/contract/inbox.ts'

/** Where hits stand, in the order of their tabs. */
export const VIEWS: readonly HitView[] = ['new', 'all', 'starred', 'snoozed', 'dismissed']
