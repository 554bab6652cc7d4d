import { plural } from '../plural.ts'

export const dashboard = {
  dashboard: {
    title: 'What moved',
    lastRight: (time: string) => `What is shown was right at ${time}.`,
    filter: {
      label: 'Filter',
      by: 'Filter everything by it',
      lift: 'Lift this filter',
      only: (what: string, code: string) => (what === code ? `Only ${what}` : `Only ${what}: ${code}`),
      noWires: 'No wires',
      clear: 'Clear',
      list: 'List the stories',
      unreadable: 'What is shown is as it was before.',
    },
    lead: {
      sinceVisit: (when: string) => `Since ${when}`,
      first: 'So far',
      hours: (hours: number) =>
        hours === 24
          ? 'In the last 24 hours'
          : hours === 8760
            ? 'In the last year'
            : `In the last ${Math.round(hours / 24)} days`,
      between: (from: string, to: string) => (from === to ? `On ${from}` : `From ${from} to ${to}`),
      stories: (when: string) => `${when}: {stories} from {sources}.`,
      nothing: (when: string) => `${when}: nothing new.`,
      event: '{event}: {stories}, {sources}, {first} first',
      departure: '{what} at {observed}, {expected}',
      expected: (value: string, range: string, weekday: string) =>
        `expected ${value}\u00a0±\u00a0${range} on ${weekday}s`,
      semicolon: '; ',
      and: ' and ',
      most: 'Most on {theme}: {stories}.',
      asUsual: 'No theme, bloc or name departs from its usual.',
      inStories: '{events} in {stories}',
      hits: '{hits}.',
      unread: '{unread} unread.',
    },
    volume: {
      title: 'Volume by theme',
      per: (counted: string, unit: 'hour' | 'day' | 'week' | 'month') => `${counted} per ${unit}`,
      asTable: 'As a table',
      asChart: 'As a chart',
      when: 'When',
      open: 'Open the stories of this time',
      hint: 'Drag to choose a time; a click goes into this one.',
      beforeAll: 'before',
      before: (unit: 'hour' | 'day' | 'week' | 'month', days: string) =>
        unit === 'hour'
          ? 'the same hours a week before'
          : unit === 'day'
            ? `${days} days before`
            : 'a year before',
      others: plural('en', { one: '# other', other: '# others' }),
      unfold: 'Show each of the others',
      fold: 'Fold the others',
      handle: { first: 'From', last: 'To' },
      handleHint: 'Arrow keys move it, Enter shows this time, Escape takes it back',
      pin: (text: string, day: string) => `${text}, ${day}: edit`,
      annotate: 'Annotations',
      none: 'No story of any theme in this range.',
      label: (unit: string) => `Chart: ${unit} by theme, stacked. “As a table” shows the same numbers.`,
    },
    overview: {
      label: 'The range in the archive',
      hint: 'Arrow keys move it, Enter shows this time, Escape takes it back',
      archive: (stories: string) => `archive: ${stories} stories`,
    },
    annotations: {
      title: 'Annotations',
      hint: 'What you note at a day stands as a pin over charts, in every window of this archive.',
      day: 'Day',
      text: 'What was that day',
      example: 'Victory Day',
      add: 'Add',
      edit: (text: string) => `Edit ${text}`,
      remove: (text: string) => `Remove ${text}`,
      none: 'No day is annotated yet.',
      added: (text: string) => `“${text}” was added.`,
      edited: (text: string) => `“${text}” was changed.`,
      removed: (text: string) => `“${text}” was removed.`,
    },
    top: {
      title: 'Top events',
      note: (silent: boolean) =>
        `filled: first mover, then in order of arrival${silent ? ' · dashed: healthy sources, no story' : ''}`,
      waiting: plural('en', {
        one: '# story still waits for its event',
        other: '# stories still wait for their event',
      }),
      none: 'No event has two stories in this range',
      noneHint: 'Stories on one happening become an event as soon as a second one tells of it.',
      toStories: 'To the stories',
      size: (event: string, copies: number) =>
        copies === 0 ? event : `${event}; copies, left out here: ${copies}`,
      spark: (counts: string) => `Its stories over time, in equal steps: ${counts}`,
      first: 'first',
      languages: plural('en', { one: '# language', other: '# languages' }),
      moreBlocs: plural('en', { one: '+# bloc', other: '+# blocs' }),
      growing: plural('en', { one: '+# in the last hour', other: '+# in the last hour' }),
      lastHour: (event: string) => `${event}, in the last hour`,
      steady: 'steady',
      slowing: 'slowing',
      ended: (when: string) => `ended ${when}`,
    },
    above: {
      title: 'Above and below expectation',
      note: (unit: 'events' | 'stories') => `${unit}, the last eight weeks`,
      none: (tested: number) =>
        tested === 1
          ? 'The one theme, bloc or name with enough history is as its weekdays predict.'
          : `All ${tested} themes, blocs and names are as their weekdays predict.`,
      bloc: (bloc: string) => `Sources of ${bloc}`,
      more: plural('en', { one: '# more departs from its usual.', other: '# more depart from their usual.' }),
      expected: (low: string, high: string, weekday: string, value: string, range: string) =>
        `expected ${low}–${high} on ${weekday}s (${value}\u00a0±\u00a0${range})`,
      side: { above: 'above', below: 'below' },
      soFar: 'today so far',
      bars: (what: string) => `${what}: the same weekday of the last eight weeks, then the day itself`,
      onDay: (what: string, day: string) => `${what}, ${day}`,
      outage: (day: string) => `${day}: no source had a story; it is left out`,
      fewWeeks:
        'A day is compared with the same weekday of the eight weeks before, and four of them must have stories. Expectations begin by themselves.',
      nothingRecent: (newest: string) =>
        `Nothing can be expected of this day: the newest story is of ${newest}, and the weeks since have none.`,
      toNewest: 'Show the week of the newest',
      andMore: plural('en', { one: 'and # more', other: 'and # more' }),
      silentHint: plural('en', {
        one: 'is silent: quiet here may be an outage.',
        other: 'are silent: quiet here may be an outage.',
      }),
    },
    themes: {
      title: 'Themes',
      against: 'against the equal time before',
      theme: 'Theme',
      stories: 'Stories',
      events: 'Events',
      change: 'Change',
      days: '14 days',
      expected: 'Day, expected',
      newNow: 'new',
      band: (low: string, high: string) => `of ${low}–${high}`,
      least: (count: string) => `, less than ${count}`,
      asUsualHint: '○ as usual; red stands out; beside a grey number, the least that would have.',
      before: (count: string) => `before: ${count}`,
      thatDay: (theme: string) => `${theme}, that day`,
      sortBy: (column: string) => `Sort by ${column}`,
      spark: (counts: string) => `Stories per day, oldest first: ${counts}`,
      none: 'There are no themes yet.',
    },
    blocs: {
      title: 'Blocs and themes',
      note: (unit: 'events' | 'stories', silent: boolean) =>
        `${unit}; shade: share of the theme’s voice${silent ? ' · dashed: reports, but not on this' : ''}`,
      shareOfAll: 'of all, 8 weeks',
      shareOf: (bloc: string) => `${bloc}, 8 weeks`,
      voice: 'Share of voice',
      percent: (share: number) => `${Math.round(100 * share)}\u202f%`,
      shareHint: (theme: string, bloc: string | null, share: string) =>
        bloc === null
          ? `${theme} is ${share} of all stories of the range`
          : `${bloc} has ${share} of the stories on ${theme}`,
      voiceHint: (bloc: string, share: string) => `${bloc} has ${share} of all stories of the range`,
      weeks: (theme: string, shares: string) => `${theme}, share of each week, oldest first: ${shares}`,
      none: 'Sources have no bloc yet. Set it under Sources to see who covers what.',
      bloc: (theme: string, bloc: string) => `${theme}, ${bloc}`,
    },
    latest: {
      title: 'Latest stories',
      all: 'All',
      none: 'No story in this range.',
      wider: (range: string) => `Show the last ${range}`,
      widerRanges: { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '1y': 'year' },
      newest: (day: string) => `Show the newest, of ${day}`,
      untitled: 'Without a title',
      copies: plural('en', { one: '+# copy', other: '+# copies' }),
      edited: 'edited',
    },
    hits: {
      title: 'Alert hits',
      new: plural('en', { one: '# new', other: '# new' }),
      none: 'No alert has hit yet. An alert is a saved query that tells you when a story matches.',
      make: 'Write an alert',
      noneFiltered: 'No alert has hit a story that passes the filter.',
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
