import type { EventRow } from '../../api/contract/events.ts'
import type { NoticeEvent } from '../alerts/noticeBody.ts'

/** An event as a notice tells it: as `wirewatch events --json` writes it. Null where there is none. */
export const toldEvent = (event: EventRow | null): NoticeEvent | null =>
  event === null
    ? null
    : {
        id: event.id,
        headline: event.name || event.headline.title,
        first: new Date(event.first).toISOString(),
        last: new Date(event.last).toISOString(),
        stories: event.stories.stories,
        sources: event.sources,
        blocs: event.blocs,
        languages: event.languages,
        themes: event.themes,
      }
