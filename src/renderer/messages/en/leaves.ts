/** What leaves this machine, in words. It comes with the settings page alone: the catalogue is loaded before anything is drawn. */
export const leaves = {
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
}
