import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { serveFeed } from './loopback.ts'
import { expect, test } from './shell.ts'

/** A panel of the dashboard by its title. */
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const origin = (page: Page): string => new URL(page.url()).origin
/** The query field of the top bar. */
const bar = (page: Page) => page.getByRole('combobox', { name: 'Search stories' })

/** The line under the opening sentence that says how much there is. */
const totals = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('paragraph')
    .filter({ hasText: /^(Since|In the last|From|On|So far).*:/ })

/** What the Tab key stops at in the page. */
const stops = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [
        ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]'),
      ].filter((one) => one.tabIndex >= 0 && one.checkVisibility() && !one.hasAttribute('disabled')).length,
  )
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
  })

test('a review by keyboard: one stop of the Tab key a panel, a query, days; and the status bar knows when the engine is away', async ({
  app,
  shell,
}) => {
  const { page } = app
  await test.step('the arrow keys move inside a panel, and 0 is no link', async () => {
    await expect(panel(page, 'Who and what').getByRole('row').nth(3)).toBeVisible()
    await expect(panel(page, 'Blocs and themes').getByRole('row').nth(3)).toBeVisible()
    expect(await stops(page)).toBeLessThan(33)
    for (const link of await panel(page, 'Blocs and themes').getByRole('link').all())
      expect(await link.textContent()).not.toBe('·')

    const themes = panel(page, 'Themes')
    const count = (theme: string) =>
      themes
        .getByRole('row', { name: new RegExp(`^${theme}`) })
        .getByRole('link')
        .first()
    await count('Russia–China').focus()
    await page.keyboard.press('ArrowDown')
    await expect(count('US–China')).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    await expect(count('US–China')).toBeFocused()
    await page.keyboard.press('Home')
    await expect(themes.getByRole('button', { name: 'Export Themes' })).toBeFocused()
  })
  await test.step('in the query field Tab goes on to the next control, and a finished OR says what it lacks', async () => {
    const options = page.getByRole('listbox', { name: 'Completions' })
    await bar(page).fill('theme:ru')
    await expect(options.getByRole('option', { name: /Russia–China/ })).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(options).toHaveCount(0)
    expect(await focused(page)).toContain('Save this search')

    await bar(page).fill('russia OR')
    await expect(page.getByRole('alert')).toBeVisible()
    await expect(options).toHaveCount(0)
  })
  await test.step('days are typed and shown in words, whatever the browser’s language does', async () => {
    await page.getByRole('button', { name: 'Other dates' }).click()
    const from = page.getByRole('textbox', { name: 'From', exact: true })
    await expect(from).toHaveValue('3 May 2025')
    await from.fill('7/5/2025')
    await page.getByLabel('To, inclusive').fill('2025-05-08')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(page.getByText(/From 7 May 2025 to 8 May 2025/)).toBeVisible()
  })
  // The desktop’s calls cannot be cut off from here.
  if (shell === 'desktop') return
  await test.step('while the engine is away the status bar says so, and is not green', async () => {
    const status = page.getByRole('contentinfo')
    const sources = status.getByRole('link', { name: /sources up to date/ })
    const green = await sources.evaluate((link) => getComputedStyle(link).color)
    await expect(status).not.toContainText('engine away')
    await page.route('**/rpc/changes', (route) => route.abort())
    await page.reload()
    await expect(status).toContainText('engine away')
    expect(await sources.evaluate((link) => getComputedStyle(link).color)).not.toBe(green)
  })
})

test('review: what happened, in words and numbers that open; a time is chosen by keys, and a day is noted', async ({
  app,
}) => {
  const { page } = app
  await page.goto(`${origin(page)}/?range=7d`)
  const top = panel(page, 'Top events')
  const rows = top.getByRole('listitem').filter({ has: page.locator('a[href^="/events/"]') })
  await test.step('the sentence begins with the largest event, which opens its page; its number lists its stories', async () => {
    const headline = rows.first().locator('a[href^="/events/"]').first()
    const name = (await headline.textContent()) ?? ''
    const lead = page.getByRole('main').getByRole('paragraph').first()
    await expect(lead).toContainText(name.slice(0, 40))
    const size = rows.first().getByRole('link').first()
    const stories = Number(await size.textContent())
    expect(stories).toBeGreaterThan(1)
    await size.click()
    await expect(page.getByRole('listbox', { name: 'Stories' }).getByRole('option')).toHaveCount(stories)
    await page.goBack()
    await headline.click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(top).toBeVisible()
    const sources = lead.getByRole('link', { name: /sources?$/ }).first()
    const count = Number(/\d+/.exec((await sources.textContent()) ?? '')?.[0])
    await sources.click()
    await expect(page.getByRole('main').getByRole('row')).toHaveCount(count + 1)
    await page.goBack()
  })
  await test.step('two handles choose days by the arrow keys, and Enter writes them into the address', async () => {
    const volume = panel(page, 'Volume by theme')
    const from = volume.getByRole('slider', { name: 'From' })
    await from.focus()
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight')
    const chosen = await from.getAttribute('aria-valuetext')
    await page.keyboard.press('Escape')
    await expect(from).not.toHaveAttribute('aria-valuetext', chosen ?? '')
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/range=2025-05-0\dT.*\.\./)
    await expect(volume.getByRole('slider', { name: 'From' })).toHaveAttribute('aria-valuenow', '0')
    await page.goBack()
    await expect(page).toHaveURL(/range=7d/)
  })
  await test.step('under it the range is a window in the whole archive, which the arrow keys move', async () => {
    const range = panel(page, 'Volume by theme').getByRole('slider', { name: 'The range in the archive' })
    const chosen = await range.getAttribute('aria-valuetext')
    await range.focus()
    await page.keyboard.press('ArrowLeft')
    await expect(range).not.toHaveAttribute('aria-valuetext', chosen ?? '')
    await page.keyboard.press('Escape')
    await expect(range).toHaveAttribute('aria-valuetext', chosen ?? '')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/range=2025-05-01T.*\.\.2025-05-09T/)
    await page.goBack()
    await expect(page).toHaveURL(/range=7d/)
  })
  await test.step('a note stands over the chart, is changed there, and its removal is taken back', async () => {
    const volume = panel(page, 'Volume by theme')
    await volume.getByRole('button', { name: 'Annotations' }).click()
    const dialog = page.getByRole('dialog', { name: 'Annotations' })
    await dialog.getByLabel('Day', { exact: true }).fill('8 May 2025')
    await dialog.getByLabel('What was that day').fill('Parade')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await expect(dialog.getByRole('listitem')).toContainText('Parade')
    await page.keyboard.press('Escape')
    await volume.getByRole('button', { name: /^Parade, 8 May 2025/ }).click()
    await dialog.getByLabel('What was that day').fill('Victory Day')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('button', { name: 'Remove Victory Day' }).click()
    await expect(dialog.getByRole('listitem')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.reload()
    await expect(volume.getByRole('button', { name: /^Victory Day, 8 May 2025/ })).toBeVisible()
  })
  await test.step('a bloc is framed and its share of the voice stands beside each theme', async () => {
    const blocs = panel(page, 'Blocs and themes')
    await blocs.getByRole('button', { name: 'EU', exact: true }).click()
    await expect(blocs.getByRole('columnheader', { name: 'EU, 8 weeks' })).toBeVisible()
    await expect(rows.first()).toBeVisible()
    await blocs.getByRole('button', { name: 'EU', exact: true }).click()
    await expect(blocs.getByRole('columnheader', { name: 'of all, 8 weeks' })).toBeVisible()
  })
})

test('nothing half-written is lost, an unreadable query in the address is explained, and a title without a space stays in its card', async ({
  app,
}) => {
  const { page } = app
  await test.step('a theme’s draft is kept when one leaves and loads anew, and can be discarded', async () => {
    await page.goto(`${origin(page)}/themes?edit=taiwan`)
    const query = page.getByRole('form', { name: 'Taiwan' }).getByLabel('Query')
    const saved = await query.inputValue()
    await query.fill('taiwan AND strait')
    await expect(page.getByText('Not saved yet; it stays here')).toBeVisible()
    await page.getByRole('navigation').getByRole('link', { name: 'Dashboard' }).click()
    await expect(panel(page, 'Themes')).toBeVisible()
    await page.goto(`${origin(page)}/themes`)
    await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Taiwan' })).toContainText(
      'not saved',
    )
    await page.getByRole('button', { name: /^Taiwan/ }).click()
    await expect(query).toHaveValue('taiwan AND strait')
    await page.getByRole('button', { name: 'Discard the changes' }).click()
    await expect(query).toHaveValue(saved)
    await page.reload()
    await expect(query).toHaveValue(saved)
  })
  await test.step('a theme that cannot be saved yet says what is missing', async () => {
    await page.goto(`${origin(page)}/themes?edit=new`)
    const form = page.getByRole('form', { name: 'New theme' })
    await expect(form.getByText('It still needs a name and a query.')).toBeVisible()
    await form.getByLabel('Query').fill('taiwan AND strait')
    await expect(form.getByText('It still needs a name.')).toBeVisible()
    await expect(form.getByRole('button', { name: 'Save theme' })).toBeDisabled()
    await form.getByLabel('Name').fill('The strait')
    await expect(form.getByRole('button', { name: 'Save theme' })).toBeEnabled()
    await expect(form.getByText('It still needs')).toBeHidden()
  })
  await test.step('the engine is not asked for the stories of an unreadable query', async () => {
    const refused: string[] = []
    page.on('response', (response) => {
      if (response.status() >= 400) refused.push(response.url())
    })
    await page.goto(`${origin(page)}/stories?q=${encodeURIComponent('pipeline AND (gas')}`)
    await expect(page.getByText('never closed').first()).toBeVisible()
    await page.getByRole('button', { name: /pipeline AND \(gas\)/ }).click()
    await expect(page.getByRole('listbox', { name: 'Stories' }).getByRole('option').first()).toBeVisible()
    expect(refused).toEqual([])
  })
  await test.step('a long word stays within its card, and the search box and the cards share their edges', async () => {
    const feed = await serveFeed('Loopback Gazette')
    feed.items = [
      {
        id: '1',
        title: 'Donaudampfschifffahrt'.repeat(12),
        text: 'One word.',
        published: 'Fri, 09 May 2025 17:00:00 GMT',
      },
    ]
    try {
      await page.goto(`${origin(page)}/sources`)
      await page.getByRole('button', { name: 'Add source' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').first().fill(feed.url)
      await dialog.getByRole('textbox').first().press('Enter')
      await dialog.getByRole('button', { name: /^Add/ }).last().click()
      await expect(page.getByRole('row').filter({ hasText: 'Loopback Gazette' })).toBeVisible()
      await page.setViewportSize({ width: 1920, height: 1080 })
      await page.goto(origin(page))
      const latest = panel(page, 'Latest stories')
      await expect(latest.getByRole('link', { name: /Donaudampfschifffahrt/ })).toBeVisible()
      const over = await latest.evaluate((card) => card.scrollWidth - card.clientWidth)
      expect(over).toBeLessThanOrEqual(0)
      const search = await page.getByRole('search').boundingBox()
      const card = await panel(page, 'Volume by theme').boundingBox()
      expect(search?.x).toBe(card?.x)
    } finally {
      await feed.close()
    }
  })
})

test('filter and share: a click filters everything but its own axis, stands in the field and the address, and a second one lifts it', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('radio', { name: 'Stories', exact: true }).check({ force: true })
  const total = totals(page)
    .getByRole('link', { name: /^\d+ stories$/ })
    .first()
  const count = async (): Promise<number> => Number(/\d+/.exec((await total.textContent()) ?? '')?.[0])
  const all = await count()
  const filters = page.getByRole('toolbar', { name: 'Filter' })
  await filters.getByRole('button', { name: 'Only EU' }).click()
  await expect(bar(page)).toHaveValue('bloc:EU')
  await expect.poll(count).toBeLessThan(all)
  await filters.getByRole('button', { name: 'No wires' }).click()
  await expect(bar(page)).toHaveValue('bloc:EU -kind:wire')
  await page.getByRole('radio', { name: '7 d', exact: true }).check()
  await expect(page).toHaveURL(/range=7d/)
  await expect(page.getByText('In the last 7 days:')).toBeVisible()
  // Its own axis is framed, not narrowed: the other blocs keep their numbers.
  await expect(panel(page, 'Blocs and themes').getByRole('button', { name: 'RU', exact: true })).toBeVisible()

  const shared = await page.context().newPage()
  await shared.goto(page.url())
  await expect(bar(shared)).toHaveValue('bloc:EU -kind:wire')
  const there = totals(shared)
    .getByRole('link', { name: /^\d+ stories$/ })
    .first()
  await expect(there).toBeVisible()
  const filtered = Number(/\d+/.exec((await there.textContent()) ?? '')?.[0])
  await expect.poll(count).toBe(filtered)
  await shared.close()

  await page.reload()
  await expect.poll(count).toBe(filtered)
  await total.click()
  await expect(page.getByText(`${filtered} stories`).first()).toBeVisible()
  await page.goBack()
  await expect(bar(page)).toHaveValue('bloc:EU -kind:wire')
  await page.goBack()
  await expect(page).not.toHaveURL(/range=7d/)
  await page.goForward()
  await panel(page, 'Themes').getByRole('button', { name: 'Taiwan' }).click()
  await expect(bar(page)).toHaveValue('bloc:EU -kind:wire theme:taiwan')
  await expect.poll(count).toBeLessThan(filtered)
  await panel(page, 'Themes').getByRole('button', { name: 'Taiwan' }).click()
  await expect.poll(count).toBe(filtered)
})

test('what is loaded before anything is drawn is at most 180 KB packed; charts and other pages come after', () => {
  const built = join(import.meta.dirname, '..', 'out', 'renderer')
  const html = readFileSync(join(built, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path)
  expect(scripts.length).toBeGreaterThan(0)
  const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(built, path))).length, 0)
  expect(bytes).toBeLessThanOrEqual(180_000)
})
