import type { Page } from '@playwright/test'
import { serveFeed } from './loopback.ts'
import { expect, test } from './shell.ts'

/** A panel of the dashboard by its title. */
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('a panel that fails says so in its place; the others show their figures, and it can be tried again', async ({
  app,
}) => {
  const { page } = app
  let fails = true
  await page.route('**/rpc/dashboard/volume', (route) =>
    fails ? route.fulfill({ status: 500, body: 'out of order' }) : route.continue(),
  )
  await page.reload()
  const volume = panel(page, 'Volume by theme')
  await expect(volume.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(1)
  await expect(panel(page, 'Themes').getByRole('row', { name: /^Russia–China/ })).toBeVisible()
  await expect(panel(page, 'Latest stories').getByRole('listitem').first()).toBeVisible()
  await expect(panel(page, 'Sources').getByRole('link', { name: '10 up to date' })).toBeVisible()

  fails = false
  await volume.getByRole('button', { name: 'Try again' }).click()
  await expect(volume.getByRole('alert')).toBeHidden()
  await expect(volume.getByRole('img', { name: /per hour/ })).toBeVisible()
})

test('blocs stand side by side, and what some tell and others do not is a list; numbers open what they counted', async ({
  app,
}) => {
  const { page } = app
  const list = page.getByRole('listbox', { name: 'Stories' }).getByRole('option')
  const blind = panel(page, 'Blind spots')
  await test.step('blind spots, of any bloc and of one', async () => {
    const events = blind.getByRole('listitem').filter({ has: page.getByRole('link', { name: /: \d+ stor/ }) })
    await expect(events.first()).toBeVisible()
    const all = await events.count()
    expect(all).toBeGreaterThan(3)
    const china = blind.getByRole('button', { name: /^CN \d/ })
    const silent = Number((await china.textContent())?.split(' ')[1])
    expect(silent).toBeGreaterThan(0)
    expect(silent).toBeLessThan(all)
    await china.click()
    await expect(events).toHaveCount(silent)
    for (const event of await events.all()) await expect(event).toContainText('CN silent')
    await blind.getByRole('button', { name: /^any bloc/ }).click()
    await expect(events).toHaveCount(all)

    const number = events.first().getByRole('link', { name: /: \d+ stor/ })
    const stories = Number(await number.textContent())
    await number.click()
    await expect(list).toHaveCount(stories)
    await page.goBack()
    await events.first().getByRole('link').nth(1).click()
    await expect(page).toHaveURL(/\/events\/\d+$/)
    await page.goBack()
  })
  await test.step('side by side, and day by day', async () => {
    const sides = panel(page, 'Blocs side by side')
    const row = sides.getByRole('row', { name: /^EU/ })
    const number = row.getByRole('link', { name: /^EU, .*: \d+ events$/ })
    const events = Number(await number.textContent())
    await number.click()
    await expect(list).toHaveCount(events)
    await page.goBack()

    const first = row.getByRole('link', { name: /^\d+$/ }).last()
    const ahead = Number(await first.textContent())
    expect(ahead).toBeGreaterThan(0)
    await first.click()
    await expect(list).toHaveCount(ahead)
    await page.goBack()

    await sides.getByRole('button', { name: 'By day' }).click()
    const cell = sides.getByRole('link', { name: /^EU, 2025-05-09: / })
    const told = Number(await cell.textContent())
    await cell.click()
    await expect(list).toHaveCount(told)
    await page.goBack()
  })
  await test.step('a filter by bloc frames them and hides no other bloc', async () => {
    await panel(page, 'Blocs side by side').getByRole('button', { name: 'EU', exact: true }).click()
    await expect(page).toHaveURL(/bloc%3AEU/)
    await expect(panel(page, 'Blocs side by side').getByRole('row', { name: /^RU/ })).toBeVisible()
    await expect(blind.getByRole('button', { name: /^EU \d/ })).toHaveAttribute('aria-pressed', 'true')
  })
})

test('stories that arrive while another page is open have the navigation counted again, and no panel', async ({
  app,
}) => {
  const { page } = app
  const feed = await serveFeed('Loopback Gazette')
  feed.items = [
    {
      id: '1',
      title: 'Harbour strike ends in Rotterdam',
      text: 'Dockers go back to work.',
      published: 'Fri, 09 May 2025 10:00:00 GMT',
    },
  ]
  try {
    const navigation = page.getByRole('navigation')
    await page.getByRole('radio', { name: 'Stories', exact: true }).check({ force: true })
    await expect(panel(page, 'Who and what').getByRole('row').first()).toBeVisible()
    await navigation.getByRole('link', { name: 'Sources' }).click()
    await expect(navigation.getByRole('link', { name: 'Stories: 33 stories' })).toBeVisible()

    const requests: string[] = []
    page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await page.getByRole('button', { name: 'Add source' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill(feed.url)
    await dialog.getByRole('textbox').first().press('Enter')
    await dialog.getByRole('button', { name: /^Add/ }).last().click()
    await expect(navigation.getByRole('link', { name: 'Stories: 34 stories' })).toBeVisible()
    expect(requests).toContain('/rpc/navigation/counts')
    expect(requests.filter((path) => path.startsWith('/rpc/dashboard/'))).toEqual([])

    await navigation.getByRole('link', { name: 'Dashboard' }).click()
    await expect(page.getByRole('link', { name: '34 stories', exact: true })).toBeVisible()
  } finally {
    await feed.close()
  }
})

test('a switch of Settings moves at once, and back with a sentence where the engine refuses', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  const polling = page.getByRole('checkbox', { name: 'Poll the sources in the background' })
  const before = await polling.isChecked()
  const refused = Promise.withResolvers<void>()
  await page.route('**/rpc/app/saveSettings', async (route) => {
    await refused.promise
    await route.fulfill({ status: 500, body: 'out of order' })
  })
  await polling.click()
  await expect(polling).toBeChecked({ checked: !before })
  await expect(page.getByRole('alert')).toHaveCount(0)
  refused.resolve()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(polling).toBeChecked({ checked: before })
})

test('in a browser Ctrl F is the browser’s', async ({ app }) => {
  const { page } = app
  await page.evaluate(() =>
    window.addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (key === 'f') document.title = String(defaultPrevented)
    }),
  )
  await page.keyboard.press('Control+f')
  await expect(page).toHaveTitle('false')
  await expect(page.getByRole('search', { name: 'Find in this page' })).toHaveCount(0)
})
