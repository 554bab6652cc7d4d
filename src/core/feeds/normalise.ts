// Stands in until the real one lands, which replaces this file whole.
import type { StoryDraft } from '../story.ts'
import type { Feed } from './feed.ts'
export function normalise(
  feed: Feed,
  c: { now: number; feedUrl: string; language: string },
): { stories: StoryDraft[]; skipped: string[] } {
  return {
    skipped: [],
    stories: feed.items.map((i) => ({
      identity: i.id,
      contentHash: i.title + i.summary,
      title: i.title,
      summary: i.summary,
      text: i.text,
      html: '',
      url: i.link,
      author: '',
      lang: c.language || 'en',
      published: i.published ?? c.now,
      publishedStated: null,
    })),
  }
}
