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
