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
