import { plural } from '../plural.ts'

export const dashboard = {
  dashboard: {
    title: 'What moved',
    lead: {
      sinceVisit: (when: string) => `Since ${when}: {stories} from {sources}.`,
      first: 'So far: {stories} from {sources}.',
      hours: (hours: number) =>
        hours === 24
          ? 'In the last 24 hours: {stories} from {sources}.'
          : hours === 8760
            ? 'In the last year: {stories} from {sources}.'
            : `In the last ${Math.round(hours / 24)} days: {stories} from {sources}.`,
      between: (from: string, to: string) =>
        from === to
          ? `On ${from}: {stories} from {sources}.`
          : `From ${from} to ${to}: {stories} from {sources}.`,
      nothing: 'nothing new',
      above: '{theme} at {observed}, expected {expected}',
      aboveAlso: plural('en', {
        one: '; {others} is also above its usual.',
        other: '; {others} are also above their usual.',
      }),
      and: ' and ',
      comma: ', ',
      most: 'Most on {theme}: {stories}.',
      noneAbove: 'No theme is above its usual.',
      hits: '{hits}.',
      unread: '{unread} unread.',
    },
    volume: {
      title: 'Volume by theme',
      per: {
        hour: 'stories per hour',
        day: 'stories per day',
        week: 'stories per week',
        month: 'stories per month',
      },
      asTable: 'As a table',
      asChart: 'As a chart',
      when: 'When',
      all: 'All stories',
      open: 'Open the stories of this time',
      hint: 'A column opens its stories; a colour those of its theme.',
      none: 'No story of any theme in this range.',
      shown: 'Themes shown',
      more: plural('en', { one: '# more', other: '# more' }),
      fewer: 'fewer',
      label: (unit: string) => `Bar chart: ${unit} by theme. “As a table” shows the same numbers.`,
    },
    above: {
      title: 'Above expectation',
      note: 'by weekday',
      none: 'No theme is above what its own weekdays predict.',
      warming: 'Expectations need some weeks of stories to compare with; they begin by themselves.',
      movers: 'Changed most since the equal time before',
      before: (count: string) => `before: ${count}`,
      silentTitle: (source: string) => `${source} is silent`,
      silentHint: (message: string) => `${message}: quiet here may be an outage.`,
    },
    themes: {
      title: 'Themes',
      against: 'against the equal time before',
      theme: 'Theme',
      stories: 'Stories',
      change: 'Change',
      days: '14 days',
      expected: 'Day, expected',
      newNow: 'new',
      band: (low: string, high: string) => `of ${low}–${high}`,
      before: (count: string) => `before: ${count}`,
      sortBy: (column: string) => `Sort by ${column}`,
      spark: (counts: string) => `Stories per day, oldest first: ${counts}`,
      none: 'There are no themes yet.',
    },
    blocs: {
      title: 'Blocs and themes',
      note: 'dashed: a bloc that reports, but not on this',
      none: 'Sources have no bloc yet. Set it under Sources to see who covers what.',
      bloc: (theme: string, bloc: string) => `${theme}, ${bloc}`,
      noBloc: 'none',
    },
    latest: {
      title: 'Latest stories',
      all: 'All',
      none: 'No story in this range.',
      wider: 'Show the last 7 days',
      untitled: 'Without a title',
      copies: plural('en', { one: '+# copy', other: '+# copies' }),
      edited: 'edited',
    },
    hits: {
      title: 'Alert hits',
      new: plural('en', { one: '# new', other: '# new' }),
      none: 'No alert has hit yet. An alert is a saved query that tells you when a story matches.',
      make: 'Write an alert',
      quiet: 'No hit in this range.',
    },
    health: {
      title: 'Sources',
      ok: plural('en', { one: '# up to date', other: '# up to date' }),
      failing: plural('en', { one: '# failing', other: '# failing' }),
      silent: plural('en', { one: '# silent', other: '# silent' }),
      paused: plural('en', { one: '# paused', other: '# paused' }),
      kinds: 'Kinds',
      allWell: 'Every source was fetched without an error.',
    },
    welcome: {
      title: 'No sources yet',
      lead: 'Wirewatch reads feeds, tags every story with the themes you follow, and tells what moved. Everything stays on this machine. Begin with one of these:',
      starter: 'Choose from the starter sources',
      starterHint: 'A list of public feeds, by bloc and language.',
      add: 'Add a feed',
      addHint: 'A feed’s address, or a site’s: the feed is found.',
      opml: 'Import OPML',
      opmlHint: 'The list of feeds that other readers export.',
      waiting: 'The first stories are being fetched.',
      waitingHint: 'Themes and counts appear here as stories arrive.',
    },
  },
}
