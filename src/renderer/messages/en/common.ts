import { plural } from '../plural.ts'

const count = {
  events: plural('en', { one: '# event', other: '# events' }),
  stories: plural('en', { one: '# story', other: '# stories' }),
  sources: plural('en', { one: '# source', other: '# sources' }),
  themes: plural('en', { one: '# theme', other: '# themes' }),
  hits: plural('en', { one: '# alert hit', other: '# alert hits' }),
  copies: plural('en', { one: '# copy', other: '# copies' }),
  days: plural('en', { one: '# day', other: '# days' }),
  languages: plural('en', { one: '# language', other: '# languages' }),
  feeds: plural('en', { one: '# feed', other: '# feeds' }),
}

export const common = {
  app: 'Wirewatch',
  count,
  errors: {
    title: 'This could not be loaded',
    retry: 'Try again',
    engine: 'The engine failed on this. Its log says why; trying again may help.',
    unreachable: 'The engine does not answer. It is being asked again.',
    session:
      'This window no longer holds the key of this launch. Open the address that Wirewatch printed when it started.',
    page: 'This page stopped on a fault of its own',
    pageHint: 'Nothing is lost: the stories are with the engine. Load the page again.',
    reload: 'Load again',
    nothingHere: 'There is nothing at this address',
    nothingHereHint: 'It may be mistyped, or from another version of Wirewatch.',
    toDashboard: 'To the dashboard',
  },
  actions: {
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    remove: 'Remove',
    edit: 'Edit',
    add: 'Add',
    undo: 'Undo',
    more: 'More',
  },
  loading: 'Loading',
  day: {
    placeholder: '9 May 2025',
    unreadable: 'This is no day. Write it as 9 May 2025 or 2025-05-09.',
    calendar: 'Choose in a calendar',
  },
  time: {
    justNow: 'now',
    minutesAgo: (minutes: number) => `${minutes} min ago`,
    yesterday: (clock: string) => `yesterday ${clock}`,
    tomorrow: (clock: string) => `tomorrow ${clock}`,
  },
  /** What kind of outlet a source is. */
  kinds: {
    state: 'state',
    public: 'public',
    independent: 'independent',
    wire: 'wire',
    institution: 'institution',
    unknown: 'unknown',
  },
  /** The accessible name of a number that opens what it counted. */
  door: (count: string, of: string) => (of === '' ? count : `${of}: ${count}`),
  blocSilent: (bloc: string) => `${bloc} silent`,
}
