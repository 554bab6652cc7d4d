import type { Page } from '@playwright/test'
import { expect, test } from './shell.ts'

const lines = (page: Page) => page.getByRole('listbox', { name: 'Stories' }).getByRole('option')

test('the list shows a happening as one line that opens in place, and each story on request', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).first().click()
  // More than two stories of it are listed: two are opened below, and are read a second later.
  const event = lines(page).filter({ hasText: '+3 sources' }).first()
  await expect(event).toBeVisible()
  const title = (await event.locator('.font-serif').first().textContent()) ?? ''
  expect(title).not.toBe('')
  const total = (await event.getAttribute('aria-setsize')) ?? ''

  // By keyboard: to the event's line, its stories opened below it, closed again.
  await event.click()
  await page.getByRole('listbox', { name: 'Stories' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(event).toContainText('its stories follow')
  await expect(event).not.toHaveAttribute('aria-setsize', total)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('article').getByRole('heading').first()).not.toHaveText(title)
  await page.keyboard.press('ArrowLeft')
  await expect(event).toContainText('show its stories')

  // One key marks all of it read.
  await event.click()
  await expect(event).toContainText('unread')
  await page.keyboard.press('m')
  await expect(event).not.toContainText('unread')

  await page.keyboard.press('e')
  await expect(page.getByRole('radio', { name: 'Stories' })).toBeChecked()
  await expect(lines(page).filter({ hasText: '+3 sources' })).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Stories' })).toBeChecked()
})

test('keys frame the line that they stand at; beside an empty list no key is named', async ({ app }) => {
  const { page } = app
  await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).first().click()
  await expect(lines(page).first()).toBeVisible()
  const framed = (line: number) => expect(lines(page).nth(line)).toHaveCSS('outline-style', 'solid')
  const bare = (line: number) => expect(lines(page).nth(line)).toHaveCSS('outline-style', 'none')
  const pane = page.getByRole('region', { name: 'Story', exact: true })
  await expect(pane).toContainText('press j for the next')
  await page.keyboard.press('Tab')
  await page.getByRole('listbox', { name: 'Stories' }).focus()
  await framed(0)
  await bare(1)
  await page.keyboard.press('j')
  await framed(0)
  await page.keyboard.press('j')
  await framed(1)
  await bare(0)
  // By the mouse it is opened, and not framed.
  await lines(page).nth(2).click()
  await expect(lines(page).nth(2)).toHaveAttribute('aria-selected', 'true')
  await bare(2)

  await page.getByRole('combobox', { name: 'Search stories' }).fill('zzqqxx')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No story matches')).toBeVisible()
  await expect(pane).toContainText('There is none in the list.')
  await expect(pane).not.toContainText('press j')
})

test('an event opens in place whole, whatever the query asks for, and goes by the name that it was given', async ({
  app,
}) => {
  const { page } = app
  const field = page.getByRole('search').getByRole('combobox')
  await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).first().click()
  await field.fill('lang:fr sanctions')
  await field.press('Enter')
  const event = lines(page).filter({ hasText: '+7 sources' }).first()
  await expect(event).toBeVisible()
  const total = Number(await event.getAttribute('aria-setsize'))
  const opened = event.getByText('+7 sources')
  await opened.click()
  // One line for each of its other stories: seven sources have at least as many.
  await expect(async () => {
    expect(Number(await event.getAttribute('aria-setsize'))).toBeGreaterThanOrEqual(total + 7)
  }).toPass()
  await opened.click()
  await expect(event).toHaveAttribute('aria-setsize', String(total))

  await event.click({ position: { x: 24, y: 18 } })
  await page.getByRole('region', { name: 'Story', exact: true }).focus()
  await page.keyboard.press('v')
  await page.getByRole('button', { name: 'Rename…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Xi in Moscow')
  await page.getByRole('textbox', { name: 'Name' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Xi in Moscow')
  await page.goBack()
  await expect(lines(page).filter({ hasText: 'Xi in Moscow' })).toHaveCount(1)
})

test('a bar of days counts the lines that it opens, in events and in stories', async ({ app }) => {
  const { page } = app
  for (const unit of ['Events', 'Stories'] as const) {
    await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).first().click()
    await expect(lines(page).first()).toBeVisible()
    if (unit === 'Stories') await page.keyboard.press('e')
    const days = page.getByRole('slider', { name: `${unit} by day` })
    // Its bars are drawn.
    await expect(days).not.toHaveAttribute('aria-valuemax', '0')
    await days.focus()
    // The newest day, or an earlier one with more than a few lines.
    let count = 0
    await expect(async () => {
      await page.keyboard.press('ArrowLeft')
      const told = await days.getAttribute('aria-valuetext')
      count = Number(/:\s(\d+)\s(?:events|stories)$/.exec(told ?? '')?.[1])
      expect(count).toBeGreaterThan(2)
    }).toPass({ timeout: 60_000 })
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/q=on/)
    await expect(lines(page).first()).toHaveAttribute('aria-setsize', String(count))
    // The field counts what is listed.
    await expect(page.getByRole('search').getByRole('status')).toHaveText(`${count} ${unit.toLowerCase()}`)
  }
})
