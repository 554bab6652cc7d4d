import type { NoticeBody, NoticeEvent, NoticeHit } from '../alerts/noticeBody.ts'
import { tokenise } from '../query/match/tokenise.ts'
import type { NoticeRecord } from '../store/notices.ts'
import type { Stores } from '../stores.ts'
import type { Definitions } from '../watch/definitions.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'

export interface NoticeReaderParts extends Pick<Stores, 'stories' | 'tags'> {
  readonly definitions: () => Pick<Definitions, 'percolator' | 'themes'>
  readonly now: () => number
  /** An event as it is now; null where it is no longer there. */
  readonly eventOf: (id: number) => NoticeEvent | null
}

/** More hits are counted and not told one by one. */
const HITS_MOST = 20

/** @returns reads what a notice tells, with the places that made each of its stories match */
export function createNoticeReader(parts: NoticeReaderParts): (notice: NoticeRecord) => NoticeBody {
  const { stories, tags, definitions, now, eventOf } = parts

  function hitOf(alert: number, id: number, themeKeys: ReadonlyMap<number, string>): NoticeHit[] {
    const story = stories.get(id)
    if (story === undefined) return []
    const themes = new Set(tags.of(id).flatMap(({ theme }) => themeKeys.get(theme) ?? []))
    const subject = { ...subjectOfRecord(story), themes }
    return [
      {
        story: id,
        title: story.title,
        link: story.url,
        source: story.source_title,
        published: new Date(story.published).toISOString(),
        evidence: definitions().percolator.alertEvidence(alert, tokenise(subject), now()),
      },
    ]
  }

  return (notice) => {
    const keys = new Map(definitions().themes.map((theme) => [theme.id, theme.key]))
    const hits = notice.stories.slice(0, HITS_MOST).flatMap((id) => hitOf(notice.alertId, id, keys))
    return {
      alert: notice.alertName,
      trigger: notice.trigger,
      priority: notice.priority,
      event: notice.event === null ? null : eventOf(notice.event),
      hits,
      more: Math.max(0, notice.hits - hits.length),
    }
  }
}
