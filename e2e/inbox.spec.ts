import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { feedAnswer } from '../src/core/fixtures/answer.ts'
import { rssFeed } from '../src/core/fixtures/rss.ts'
import { openWirewatch } from '../src/core/wirewatch.ts'
import { expect, startBrowserShell, test } from './shell.ts'

const openInbox = (page: Page) =>
  page
    .getByRole('navigation')
    .getByRole('link', { name: /^Alerts/ })
    .click()
const list = (page: Page) => page.getByRole('listbox', { name: 'Hits' })
const lines = (page: Page) => list(page).getByRole('option')
const view = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: 'Which hits' }).getByRole('radio', { name })

test('the inbox is worked through: an event opened, seen, starred, dismissed, snoozed, each taken back', async ({
  app,
}) => {
  const { page } = app
  const { keyboard } = page
  await openInbox(page)

  // One line for the event, with what made it a hit, and both times.
  await expect(lines(page)).toHaveCount(1)
  const event = lines(page).first()
  await expect(event.locator('mark').first()).toBeVisible()
  await expect(event).toContainText(/published \d\d:\d\d/)
  await expect(event).toContainText('arrived')
  await expect(event).toContainText('told')

  // By keyboard: its hits open below it, and fold again.
  await keyboard.press('j')
  await list(page).focus()
  await keyboard.press('ArrowRight')
  await expect(lines(page)).toHaveCount(3)
  await keyboard.press('ArrowLeft')
  await expect(lines(page)).toHaveCount(1)

  await keyboard.press('s')
  await expect(view(page, /^Starred: 1 hit$/)).toBeVisible()
  await keyboard.press('m')
  await expect(view(page, /^New: 0 hits$/)).toBeVisible()
  await keyboard.press('u')
  await expect(view(page, /^New: 2 hits$/)).toBeVisible()

  await keyboard.press('d')
  await expect(page.getByText('Dismissed 2 hits.')).toBeVisible()
  await expect(lines(page)).toHaveCount(0)
  await keyboard.press('u')
  await expect(lines(page)).toHaveCount(1)
  await expect(view(page, /^Dismissed: 0 hits$/)).toBeVisible()

  // Snoozed, it waits in a list of its own; there it is called back.
  await keyboard.press('j')
  await keyboard.press('z')
  await page.getByRole('menuitem', { name: /^For a day/ }).press('Enter')
  await expect(lines(page)).toHaveCount(0)
  await view(page, /^Snoozed: 2 hits$/).click()
  await expect(lines(page).first()).toContainText('snoozed until tomorrow')
  await keyboard.press('j')
  await keyboard.press('d')
  await expect(view(page, /^Dismissed: 2 hits$/)).toBeVisible()
  await keyboard.press('u')
  await expect(view(page, /^Snoozed: 2 hits$/)).toBeVisible()
  await expect(lines(page).first()).toContainText('snoozed until tomorrow')

  // Opened, its story stands beside the list; the alert's words are marked in it.
  await view(page, /^All: 2 hits$/).click()
  await expect(lines(page)).toHaveCount(1)
  await keyboard.press('j')
  await keyboard.press('Enter')
  const story = page.getByRole('article')
  await expect(story.getByRole('heading').first()).toBeVisible()
  await expect(story.locator('mark').first()).toBeVisible()
  await expect(page).toHaveURL(/\/alerts\/\d+\?show=all$/)
  // The star beside the story is the hit's.
  await page.getByRole('button', { name: 'Take the star off this hit' }).click()
  await expect(view(page, /^Starred: 0 hits$/)).toBeVisible()
  await page.getByRole('button', { name: 'Star this hit' }).click()
  await expect(view(page, /^Starred: 1 hit$/)).toBeVisible()
  await keyboard.press('Escape')
  await expect(story).toBeHidden()
})

test('an alert in a folder brings its old matches; they are filtered, chosen together and taken back', async ({
  app,
}) => {
  const { page } = app
  const { keyboard } = page
  await openInbox(page)
  await page.getByRole('button', { name: 'New alert' }).first().click()
  const editor = page.getByRole('region', { name: /^(New|Edit) alert$/ })
  await editor.getByRole('textbox', { name: 'Name' }).fill('Energy')
  await editor.getByLabel('Folder').fill('Desk')
  await editor.getByRole('textbox', { name: 'Query' }).fill('gas OR oil')
  await keyboard.press('Escape')
  await keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByText('Saved Energy.')).toBeVisible()
  await editor.getByRole('button', { name: 'Put them into the inbox' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Put them into the inbox' }).click()
  await expect(page.getByText(/old match(es are| is) in the inbox now/)).toBeVisible()

  // The folder lists what its alerts found: seen, and marked as back-filled.
  await page.getByRole('link', { name: 'Alerts', exact: true }).last().click()
  const alerts = page.getByRole('region', { name: 'Alerts' })
  await alerts.getByRole('link', { name: /^Desk/ }).click()
  await expect(page).toHaveURL(/folder=Desk/)
  await view(page, /^All: \d+ hits$/).click()
  await expect(lines(page).first()).toContainText('back-filled')
  const all = await lines(page).count()
  expect(all).toBeGreaterThan(3)

  await page.getByRole('combobox', { name: 'Filter these hits' }).fill('title:oil OR title:tankers')
  await keyboard.press('Enter')
  await expect(page).toHaveURL(/q=title/)
  await expect(lines(page).filter({ hasNotText: /oil|tankers/i })).toHaveCount(0)
  await expect(lines(page).first()).toBeVisible()
  expect(await lines(page).count()).toBeLessThan(all)

  // What is listed is chosen together, starred, and taken back by the offer.
  await page.getByRole('checkbox', { name: 'Select all that are listed' }).check()
  const tools = page.getByRole('toolbar', { name: 'Hits' })
  await expect(tools.getByRole('status')).toContainText(/hits? selected/)
  await tools.getByRole('button', { name: /^Star/ }).click()
  await expect(view(page, /^Starred: [1-9]\d* hits?$/)).toBeVisible()
  const said = page.getByText(/^Starred \d+\shits?\.$/)
  await said.locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect(view(page, /^Starred: 0 hits$/)).toBeVisible()

  // A filter that finds nothing says so, and goes by one click.
  await page.getByRole('combobox', { name: 'Filter these hits' }).fill('zebra')
  await keyboard.press('Enter')
  await expect(page.getByText('No hit matches the filter')).toBeVisible()
  await page.getByRole('button', { name: 'Take the filter off' }).click()
  await expect(lines(page)).toHaveCount(all)

  // One alert alone says what it does; its copy has all it has, and is off.
  await alerts.getByRole('link', { name: /^Energy/ }).click()
  await expect(page.getByRole('region', { name: 'Energy' })).toContainText('At once, one notice per event')
  await alerts.getByRole('button', { name: 'More for Energy' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(editor.getByRole('textbox', { name: 'Name' })).toHaveValue('Energy (2)')
  await expect(editor.getByRole('textbox', { name: 'Query' })).toHaveValue('gas OR oil')
})

test('a notification of the browser has buttons: one marks its hits seen without the page coming to the front', async ({
  page,
  shell,
}) => {
  test.skip(shell === 'desktop', 'The desktop app shows notifications by the system.')
  const dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-e2e-'))
  const titles: string[] = []
  const wirewatch = openWirewatch({
    dataDir,
    fetch: async ({ url }) =>
      feedAnswer(url, rssFeed(titles.map((title) => ({ id: title, title, published: Date.now() })))),
  })
  wirewatch.deliverNotices({})
  wirewatch.alerts.save({ name: 'Ships', query: 'ship', enabled: true })
  await wirewatch.sources.add({ url: 'https://harbour-post.example/feed' })
  titles.push('A ship runs aground')
  await wirewatch.finished(wirewatch.sources.refresh().id)
  await wirewatch.eventsGathered()
  await wirewatch.close()
  const { url, child } = await startBrowserShell(['--port', '0', '--data-dir', dataDir])
  const ended = once(child, 'close')
  const context = page.context()
  await context.grantPermissions(['notifications'], { origin: new URL(url).origin })
  const registered = context.waitForEvent('serviceworker')
  await page.goto(url)
  const worker = await registered
  const shown = () =>
    page.evaluate(async () => {
      const { ready } = navigator.serviceWorker
      const all = await (await ready).getNotifications()
      return all.map(({ title, body }) => ({ title, body }))
    })
  await expect.poll(shown).toEqual([{ title: 'Ships', body: 'A ship runs aground' }])

  /** What the browser tells the worker when the person chooses. */
  const choose = (action: string) =>
    worker.evaluate(async (chosen) => {
      const scope = globalThis as unknown as {
        registration: ServiceWorkerRegistration
        dispatchEvent(event: Event): boolean
        NotificationEvent: new (type: string, init: object) => Event
      }
      const [notification] = await scope.registration.getNotifications()
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { action: chosen, notification }))
    }, action)
  await choose('seen')
  await expect(page.getByText(/^1\shit marked seen\.$/)).toBeVisible()
  expect(await shown()).toEqual([])
  await expect(page.getByRole('navigation').getByRole('link', { name: /^Alerts$/ })).toBeVisible()
  child.kill('SIGTERM')
  await ended
  rmSync(dataDir, { recursive: true, force: true })
})
