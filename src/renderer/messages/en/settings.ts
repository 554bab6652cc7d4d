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
    appearance: {
      title: 'Appearance',
      label: 'Palette',
      system: 'As the system',
      light: 'Light',
      dark: 'Dark',
    },
    spelling: {
      title: 'Spelling',
      on: 'Check spelling while I type',
      fetched:
        'In the languages of this system, from the next start on. Their dictionaries are then fetched from Google’s servers, once each; what you type stays here.',
      system: 'By the dictionaries of this system, from the next start on.',
      saved: 'Saved. It holds from the next start on.',
    },
    leaves: {
      title: 'What leaves this machine',
      text: 'All that Wirewatch asks of the network:',
      sources: 'Your sources: each feed is fetched from its own address, at its own pace.',
      pages: 'A site that you name when you add a source, to find its feeds.',
      proxies: 'A proxy, or the script that names one, where this system has it set.',
      links: 'A link that you open goes to your browser, and from then on is the browser’s.',
      spelling:
        'Dictionaries for spelling, from Google’s servers, if you switch spelling on above. They are not fetched before.',
      noSpelling: 'Spelling is checked by this system, which fetches nothing for it.',
      never:
        'No account, no telemetry, no update check, no crash report. What a browser engine would ask by itself (component lists, safe browsing, secure DNS, network time, link prefetching) is switched off.',
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
      local: 'Everything is in this folder. Nothing leaves the machine but the requests to your sources.',
      stories: plural('en', { one: '# story', other: '# stories' }),
    },
    saved: 'Saved.',
  },
}
