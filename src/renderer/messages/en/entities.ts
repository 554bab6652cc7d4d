export const entities = {
  entities: {
    title: 'Who and what',
    inThese: 'Who is in these stories',
    name: 'Name',
    stories: 'Stories',
    days: '14 days',
    company: 'Most often with',
    theme: 'Theme',
    allThemes: 'All themes',
    together: (one: string, other: string) => `${one} with ${other}`,
    noStories: 'No story in this range.',
    none: 'These stories name no person, organisation or place that the concepts know.',
    examined: (stories: string) =>
      `Who is listed is read from the newest ${stories} stories; all are counted.`,
  },
}
