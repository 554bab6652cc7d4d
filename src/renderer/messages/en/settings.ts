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
    leaves: {
      title: 'What leaves this machine',
      text: 'All that Wirewatch asks of the network:',
      columns: {
        title: 'What',
        when: 'When',
        where: 'To whom',
        what: 'What they learn',
        off: 'To switch it off',
      },
      ways: {
        sources: {
          title: 'Your sources',
          when: 'Each at its own pace, and when you refresh.',
          where: 'The address of the feed.',
          what: 'That somebody at your address reads the feed, and a user name where you gave one.',
          off: 'Polling, above; or pause the source.',
        },
        channels: {
          title: 'Channels of alerts',
          when: 'When an alert that has one has something to tell, and when you try it.',
          where: 'The address that you gave: a webhook, an ntfy server, a chat.',
          what: 'The name of the alert and, as you chose, titles with their links, titles alone, or how many.',
          off: 'Remove the channel from the alert; there is none unless you make one.',
        },
        pages: {
          title: 'Finding feeds',
          when: 'When you add a source.',
          where: 'The site that you name.',
          what: 'That somebody at your address looks at it.',
          off: 'Give the address of the feed itself.',
        },
        proxies: {
          title: 'Proxies',
          when: 'Where this system has one set, or looks for one by itself.',
          where: 'The proxy, and the script that names it.',
          what: 'The addresses of your sources and channels.',
          off: 'The network settings of this system.',
        },
        links: {
          title: 'Links',
          when: 'When you open one.',
          where: 'Your browser, and from there the site.',
          what: 'What your browser tells any site.',
          off: 'Open none.',
        },
        lookUp: {
          title: 'Looking up a word',
          when: 'When you choose it from the menu of a selected word.',
          where: 'macOS, which may ask Apple.',
          what: 'The word.',
          off: 'Look up none; what Apple is asked is in the settings of macOS for Siri.',
        },
        spelling: {
          title: 'Dictionaries for spelling',
          when: 'At the first start with spelling on.',
          where: 'Google’s servers.',
          what: 'The languages of this system; nothing that you type.',
          off: 'Spelling, above; it is off unless you choose it.',
        },
      },
      channelWhen: (alert: string) => `When “${alert}” has something to tell.`,
      channelOff: 'In the alert’s editor',
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
      local: 'Everything is in this folder. Nothing leaves the machine but what is listed above.',
      stories: plural('en', { one: '# story', other: '# stories' }),
    },
    saved: 'Saved.',
  },
}
