import type { Subject } from '../query/match/subject.ts'
import { type SourceRecord, titleOf } from '../store/sources.ts'
import type { StoryRecord } from '../store/stories.ts'
import type { StoryDraft } from '../story.ts'

/** A story as queries see it while it comes in. `fetched` is epoch ms. */
export function subjectOfDraft(source: SourceRecord, draft: StoryDraft, fetched: number): Subject {
  return {
    title: draft.title,
    summary: draft.summary,
    text: draft.text,
    url: draft.url,
    author: draft.author,
    lang: draft.lang,
    published: draft.published,
    fetched,
    source: {
      title: titleOf(source),
      language: source.language,
      country: source.country,
      bloc: source.bloc,
      kind: source.kind,
    },
  }
}

/** A stored story as queries see it, without tags, entities and alerts: whoever needs those looks them up. */
export function subjectOfRecord(story: StoryRecord): Subject {
  return {
    title: story.title,
    summary: story.summary,
    text: story.text,
    url: story.url,
    author: story.author,
    lang: story.lang,
    published: story.published,
    fetched: story.fetched,
    source: {
      title: story.source_title,
      language: story.source_language,
      country: story.source_country,
      bloc: story.source_bloc,
      kind: story.source_kind,
    },
    copy: story.copy_of !== null,
    read: story.read === 1,
    starred: story.starred === 1,
    note: story.note !== '',
  }
}
