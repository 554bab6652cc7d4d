import { plural } from '../plural.ts'

export const alerts = {
  alerts: {
    title: 'Alerts',
    list: 'Alerts',
    newAlert: 'New alert',
    hits: plural('en', { one: '# hit', other: '# hits' }),
    noAlerts: 'No alerts yet',
    noAlertsHint:
      'An alert is a saved query. From the moment it is saved, each new story that matches it is put into this inbox, once.',
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
