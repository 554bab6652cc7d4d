export const entities = {
  entities: {
    title: 'Who and what',
    inThese: 'Who is in these stories',
    name: 'Name',
    days: '14 days',
    company: 'Most often with',
    together: (one: string, other: string) => `${one} with ${other}`,
    noStories: 'No story in this range.',
    none: 'These stories name no person, organisation or place that the concepts know.',
    waiting: 'Stories are still being looked through, newest first: older ones may be missing here.',
    examined: (stories: string) => `Counted over ${stories} stories; a narrower query is counted whole.`,
  },
}
