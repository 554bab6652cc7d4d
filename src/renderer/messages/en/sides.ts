import { plural } from '../plural.ts'

/** Who tells what, and who does not. It comes with these panels alone: the catalogue is loaded before anything is drawn. */
export const sides = {
  blind: {
    note: 'told by two blocs or more · dashed: healthy sources, no story',
    none: 'No blind spot in this range',
    noneHint: 'What two blocs tell, every other bloc with healthy sources tells too.',
    noBlocs: 'Sources have no bloc yet. Set it under Sources to see who is silent on what.',
    missing: 'Silent',
    anyone: 'any bloc',
    by: (bloc: string, events: string) => `Only what ${bloc} is silent on: ${events}`,
    told: (bloc: string, sources: number) =>
      `${bloc}: its stories, of ${plural('en', { one: '# source', other: '# sources' })(sources)}`,
    all: plural('en', { one: 'Show # more', other: 'Show # more' }),
    fewer: 'Show fewer',
    most: 'The largest 50 are looked for.',
    unheard: (blocs: string, many: boolean) =>
      `Nothing can be said of ${blocs}: ${many ? 'they have' : 'it has'} no source that is fetched well.`,
  },
  sides: {
    note: (unit: 'events' | 'stories') => `${unit}; line: share of voice, day by day`,
    columns: {
      bloc: 'Bloc',
      share: 'Share of voice',
      first: 'First on',
      lag: 'Behind',
      words: 'Its words',
    },
    firstHint: 'Of the events that it and another bloc tell, those that it told first.',
    lagHint: 'How long it usually is behind the first of them: the median.',
    wordsHint: 'What it uses more than the other blocs do in the same language, by log-odds.',
    shareHint: (bloc: string, share: string) => `${bloc} has ${share} of all stories`,
    of: (shared: string) => `of ${shared}`,
    ahead: (bloc: string) => `Told first by ${bloc}`,
    notBehind: '0 min',
    days: (bloc: string, shares: string) => `${bloc}, share of each day, oldest first: ${shares}`,
    percent: (share: number) => `${Math.round(100 * share)}\u202f%`,
    stories: (bloc: string, sources: string) => `${bloc}, ${sources}`,
    word: (bloc: string, word: string) => `“${word}” in stories of ${bloc}`,
    none: 'No source with a bloc has a story in this range.',
    noBlocs: 'Sources have no bloc yet. Set it under Sources to see them side by side.',
    byDay: 'By day',
    byBloc: 'By bloc',
    day: 'Day',
    cell: (bloc: string, day: string) => `${bloc}, ${day}`,
  },
}
