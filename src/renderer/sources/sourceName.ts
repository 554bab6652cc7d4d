interface Named {
  title: string
  customTitle: string
  url: string
}

/** The name a source goes by: the person's, the feed's, or its address. */
export const nameOfSource = (source: Named): string => source.customTitle || source.title || source.url

/** The query that lists a source's stories. Quotes are no part of any word, and have no place within a phrase. */
export const queryOfSource = (source: Named): string =>
  `source:"${nameOfSource(source)
    .replace(/["“”„«»]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()}"`
