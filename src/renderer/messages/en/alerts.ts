import { plural } from '../plural.ts'

export const alerts = {
  alerts: {
    title: 'Alerts',
    list: 'Alerts',
    all: 'All alerts',
    newAlert: 'New alert',
    markAllSeen: 'Mark all seen',
    markSeen: 'Mark seen',
    allSeen: plural('en', { one: '# hit marked seen.', other: '# hits marked seen.' }),
    unseen: 'New',
    everything: 'All hits',
    show: 'Show',
    newHit: 'new',
    hits: plural('en', { one: '# hit', other: '# hits' }),
    newHits: plural('en', { one: '# new', other: '# new' }),
    off: 'off',
    lastHit: (time: string) => `last ${time}`,
    never: 'no hit yet',
    inbox: 'Inbox',
    more: 'Older hits',
    noAlerts: 'No alerts yet',
    noAlertsHint:
      'An alert is a saved query. From the moment it is saved, each new story that matches it is put into this inbox, once.',
    noHits: 'No hits yet',
    noHitsHint:
      'Stories that arrive from now on and match are listed here. What the archive holds is in the editor.',
    noneNew: 'Nothing new',
    noneNewHint: 'Every hit has been seen.',
    showAll: 'Show all hits',
    edit: (name: string) => `Edit ${name}`,
    editTitle: 'Edit alert',
    newTitle: 'New alert',
    name: 'Name',
    query: 'Query',
    queryHint:
      'As in search: words, "phrases", @concepts, NEAR, fields. Reader’s state (is:unread) is not allowed here.',
    enabled: 'Watching: new stories are matched',
    save: 'Save alert',
    remove: 'Delete alert',
    removeTitle: (name: string) => `Delete the alert ${name}?`,
    removeHint: (hits: string) => `The inbox loses its ${hits}. The stories stay.`,
    removed: (name: string) => `Deleted the alert ${name}.`,
    saved: (name: string) => `Saved ${name}. It watches what arrives from now on.`,
    savedOff: (name: string) => `Saved ${name}. It is switched off.`,
    wouldHave: (count: string) => `would have matched ${count} in the archive`,
    archive: 'In the archive',
    archiveHint: 'The newest that match. Only stories arriving after saving become hits.',
    archiveNone:
      'Nothing in the archive matches. That can be right for a rare alert; a wider query shows whether its words do.',
    archiveEmpty: 'Type a query: what it would have matched shows here.',
    openList: 'Open the list',
    gone: 'This alert no longer exists',
    notice: ({ story, more, alerts }: { story: { title: string }; more: number; alerts: number }) =>
      alerts > 1
        ? `${more + 1} hits while you were away`
        : more === 0
          ? story.title
          : `${story.title} (and ${more} more)`,
    noticeOf: ({ alert, alerts }: { alert: { name: string }; alerts: number }) =>
      alerts > 1 ? `${alerts} alerts` : alert.name,
    showHit: (more: number) => (more === 0 ? 'Show story' : 'Show hits'),
  },
}
