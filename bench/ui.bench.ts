/**
 * The dashboard on a million stories with their events: `npm run bench -- ui [stories]`. First each panel's query, of thirty days
 * and of a year, against the plain count of the same stories; then the page in Chromium, twenty times with nothing kept, against
 * a page of the same shell without panels. The engine is warm: it has answered the page once.
 */
import { loadavg } from 'node:os'
import { archiveOfEvents } from './corpus.ts'
import { pageLoads } from './ui/pageLoads.ts'
import { panelQueries } from './ui/panelQueries.ts'

const stories = Number(process.argv[3] ?? 1_000_000)
const only = process.argv[4]
const folder = await archiveOfEvents(stories)
console.log(`${stories.toLocaleString('en')} stories, load ${loadavg()[0]?.toFixed(1)}`)
if (only !== 'page') await panelQueries(folder)
if (only !== 'panels') await pageLoads(folder)
