import { sql as stories } from './001-stories.ts'
import { sql as totals } from './002-totals.ts'
import { sql as keepStories } from './003-keep-stories.ts'
import { sql as totalsWritten } from './004-totals-written.ts'
import { sql as hitsByStory } from './005-hits-by-story.ts'
import { sql as notices } from './006-notices.ts'
import { sql as alertDecisions } from './007-alert-decisions.ts'
import { sql as events } from './008-events.ts'
import { sql as channels } from './009-channels.ts'
import { sql as views } from './010-views.ts'
import { sql as eventSpans } from './011-event-spans.ts'
import { sql as undecidedHits } from './012-undecided-hits.ts'
import { sql as inbox } from './013-inbox.ts'
import { sql as mentions } from './014-mentions.ts'
import { sql as movesUnderWay } from './015-moves-under-way.ts'

/** Forward only: the index is the version a database has before the step. Never edit a step that was released. */
export const migrations: readonly string[] = [
  stories,
  totals,
  keepStories,
  totalsWritten,
  hitsByStory,
  notices,
  alertDecisions,
  events,
  channels,
  views,
  eventSpans,
  undecidedHits,
  inbox,
  mentions,
  movesUnderWay,
]
