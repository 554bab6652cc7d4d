import { plural } from '../plural.ts'

export const settings = {
  settings: {
    title: 'Settings',
    polling: {
      title: 'Polling',
      on: 'Poll the sources in the background',
      hint: 'Each source is polled at its own pace. Switched off, nothing is fetched until you refresh.',
    },
    retention: {
      title: 'Retention',
      text: 'Starred stories, those with a note and those an alert hit are always kept; without limits, everything is.',
      keepDays: 'Remove stories older than (days)',
      keepStories: 'Keep at most (stories)',
      unlimited: 'no limit',
      whole: 'A whole number from 1, or nothing for no limit.',
      save: 'Save',
      confirmTitle: 'Tighten retention?',
      confirmText: 'Stories beyond the new limit are removed in the background. This cannot be undone.',
    },
    headlines: {
      title: 'Headlines of events',
      label: 'Language',
      hint: 'An event is named by its most central story in this language, where it has one; else by its most central story.',
      interface: (language: string) => `As the interface (${language})`,
    },
    appearance: {
      title: 'Appearance',
      label: 'Palette',
      system: 'As the system',
      light: 'Light',
      dark: 'Dark',
      notKept: 'Your browser keeps nothing for this page: it holds until you close it.',
    },
    desktop: {
      title: 'This computer',
      startAtLogin: 'Start Wirewatch when I log in',
      startAtLoginHint:
        'Without a window: its mark beside the clock opens it. Sources are polled and alerts tell you meanwhile.',
      spelling: 'Check spelling while I type',
      spellingFetched:
        'In the languages of this system, from the next start on. Their dictionaries are then fetched from Google’s servers, once each; what you type stays here.',
      spellingSystem: 'By the dictionaries of this system, from the next start on.',
      spellingSaved: 'Saved. It holds from the next start on.',
    },
    notifications: {
      title: 'Notifications',
      default:
        'Hits of alerts appear within this page. The browser can show them while you look at something else.',
      granted: 'The browser shows the hits of alerts, for as long as a window of Wirewatch is open.',
      denied:
        'The browser blocks notifications of this page; hits of alerts appear within it. Its site settings allow them.',
      allow: 'Let the browser notify me',
    },
    data: {
      title: 'Data',
      folder: 'Data folder',
      archive: 'Archive',
      timeZone: 'Time zone',
      version: 'Version',
      local: 'Everything is in this folder. Nothing leaves the machine but what is listed above.',
      stories: plural('en', { one: '# story', other: '# stories' }),
    },
    saved: 'Saved.',
  },
}
