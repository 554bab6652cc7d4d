import type { Page } from '@playwright/test'
import { type LoopbackFeed, serveFeed } from './loopback.ts'
import { expect, test } from './shell.ts'

const stories = (page: Page) => page.getByRole('listbox', { name: 'Stories' })
const story = (page: Page, title: string | RegExp) => stories(page).getByRole('option', { name: title })

async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).first().click()
}

test('from the dashboard to the evidence: a theme’s number opens just those stories, and a story says why', async ({
  app,
}) => {
  const { page } = app
  await expect(page.getByText('Sample: invented outlets on public facts of May 2025.')).toBeVisible()
  const row = page
    .getByRole('region', { name: 'Themes', exact: true })
    .getByRole('row')
    .filter({ hasText: 'Russia–China' })
    .first()
  const door = row.getByRole('link').filter({ hasText: /^\d+$/ }).first()
  const count = Number(await door.textContent())
  expect(count).toBeGreaterThan(2)
  await door.click()
  await expect(page).toHaveURL(/\/stories\?q=/)
  // Events, each a line, and then the same as stories.
  await expect(stories(page).getByRole('option')).toHaveCount(count)
  await page.getByRole('radio', { name: 'Stories' }).check({ force: true })
  const each = await stories(page).getByRole('option').count()
  expect(each).toBeGreaterThan(count)
  await expect(page.getByText(`${each} stories`).first()).toBeVisible()

  await story(page, /Gazprom and CNPC discuss second pipeline/).click()
  const pane = page
    .getByRole('article')
    .or(page.getByRole('region', { name: 'Story' }))
    .first()
  await expect(
    pane.getByRole('heading', { level: 1 }).or(pane.getByRole('heading').first()).first(),
  ).toContainText('Gazprom and CNPC')
  await expect(page.locator('mark').filter({ hasText: 'Gazprom' }).first()).toBeVisible()
  await expect(page.locator('mark').filter({ hasText: 'Power of Siberia' }).first()).toBeVisible()
  await expect(page.getByText(/stand side by side in the title|in the title/).first()).toBeVisible()
})

test('an open story is still there after a reload, and its page misses no file', async ({ app }) => {
  const { page } = app
  const missing: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(response.url())
  })
  await go(page, 'Stories')
  await story(page, /Gazprom and CNPC discuss second pipeline/).click()
  await expect(page).toHaveURL(/\/stories\/\d+/)
  await page.reload()
  await expect(page.getByRole('article').getByRole('heading').first()).toContainText('Gazprom and CNPC')
  expect(missing).toEqual([])
})

test('the dashboard’s first number lists exactly what it counted', async ({ app }) => {
  const { page } = app
  const door = page
    .getByRole('link', { name: /stories/ })
    .filter({ hasText: /^\d+\s+stories$/ })
    .first()
  const count = Number(/\d+/.exec((await door.textContent()) ?? '')?.[0])
  await door.click()
  await expect(page.getByText(`${count} stories`).first()).toBeVisible()
})

test('who is in the news: an entity’s number opens just those stories, in the range and in the list', async ({
  app,
}) => {
  const { page } = app
  const panel = page.getByRole('region', { name: 'Who and what' })
  await page
    .getByRole('region', { name: 'Themes', exact: true })
    .getByRole('button', { name: 'Russia–China' })
    .click()
  await expect(page).toHaveURL(/\?q=theme/)
  await expect(panel.locator('[aria-busy=false]')).toBeVisible()
  const door = panel
    .getByRole('row', { name: /^China place/ })
    .getByRole('link')
    .first()
  const count = Number(await door.textContent())
  expect(count).toBeGreaterThan(1)
  await door.click()
  await expect(page).toHaveURL(/theme%3Arussia-china/)
  await expect(stories(page).getByRole('option')).toHaveCount(count)

  await page.getByRole('button', { name: 'Who and what' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who is in these stories' })
  const gazprom = dialog
    .getByRole('row', { name: /^Gazprom organisation/ })
    .getByRole('link')
    .first()
  const fewer = Number(await gazprom.textContent())
  expect(fewer).toBeGreaterThan(0)
  expect(fewer).toBeLessThan(count)
  await gazprom.click()
  await expect(dialog).toBeHidden()
  await expect(stories(page).getByRole('option')).toHaveCount(fewer)
})

test.describe('with a feed of this machine', () => {
  let feed: LoopbackFeed
  test.beforeEach(async () => {
    feed = await serveFeed('Loopback Gazette')
    feed.items = [
      {
        id: '1',
        title: 'Harbour strike ends in Rotterdam',
        text: 'Dockers go back to work.',
        published: 'Fri, 09 May 2025 10:00:00 GMT',
      },
    ]
  })
  test.afterEach(() => feed.close())

  async function addSource(page: Page): Promise<void> {
    await go(page, 'Sources')
    await page.getByRole('button', { name: 'Add source' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill(feed.url)
    await dialog.getByRole('textbox').first().press('Enter')
    await dialog.getByRole('button', { name: /^Add/ }).last().click()
    await expect(page.getByRole('row').filter({ hasText: 'Loopback Gazette' })).toBeVisible()
  }

  test('a body is shown as published: its structure, and nothing of it loads or runs', async ({ app }) => {
    const { page } = app
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    feed.items = [
      {
        id: '1',
        title: 'Harbour strike ends in Rotterdam',
        text: '',
        html: `<h3>What was agreed</h3><ul><li>Four per cent</li><li>A <a href="/report">report</a></li></ul>
          <script>document.title = 'taken'</script><p onclick="document.title = 'taken'" style="position: fixed">Signed.</p>
          <img src="/pixel.gif" alt="The crane" onerror="document.title = 'taken'">
          <a href="javascript:document.title = 'taken'">Read on</a><iframe src="/frame"></iframe>`,
        published: 'Fri, 09 May 2025 10:00:00 GMT',
      },
    ]
    await addSource(page)
    await page.keyboard.press('Escape')
    await go(page, 'Stories')
    await page.getByRole('combobox').first().fill('rotterdam')
    await page.getByRole('combobox').first().press('Enter')
    await story(page, 'Harbour strike ends in Rotterdam').click()
    const pane = page.getByRole('article')
    await pane.getByText('As published').click()
    await expect(pane.getByRole('heading', { name: 'What was agreed' })).toBeVisible()
    await expect(pane.getByRole('listitem').filter({ hasText: 'Four per cent' })).toBeVisible()
    const origin = 'https://loopback.example'
    await expect(pane.getByRole('link', { name: 'report' })).toHaveAttribute('href', `${origin}/report`)
    await expect(pane.getByRole('link', { name: 'Picture: The crane' })).toHaveAttribute(
      'href',
      `${origin}/pixel.gif`,
    )
    await expect(pane.getByText('Signed.')).toHaveCSS('position', 'static')
    await expect(pane.getByRole('link', { name: 'Read on' })).toHaveCount(0)
    await pane.getByText('Signed.').click()
    await pane.getByText('Read on').click()
    expect(await page.title()).not.toContain('taken')
    expect(await pane.locator('img, iframe, script').count()).toBe(0)
    expect(requests.filter((url) => url.startsWith(origin))).toEqual([])
    await pane.getByText('Marked').click()
    await expect(pane.getByRole('heading', { name: 'What was agreed' })).toHaveCount(0)
  })

  test('an added source brings its stories, and the next refresh brings more without a reload', async ({
    app,
  }) => {
    const { page } = app
    await addSource(page)
    await page.keyboard.press('Escape')
    await go(page, 'Stories')
    await page.getByRole('combobox').first().fill('rotterdam OR antwerp')
    await page.getByRole('combobox').first().press('Enter')
    await expect(story(page, 'Harbour strike ends in Rotterdam')).toBeVisible()
    feed.items = [
      ...feed.items,
      {
        id: '2',
        title: 'Antwerp opens its lock',
        text: 'Ships pass again.',
        published: 'Fri, 09 May 2025 11:00:00 GMT',
      },
    ]
    await page.evaluate(() => {
      ;(window as { reloaded?: boolean }).reloaded = false
    })
    await page.keyboard.press('Control+k')
    await page
      .getByRole('combobox', { name: /command|anything|Go/i })
      .last()
      .fill('refresh')
    await page.keyboard.press('Enter')
    await expect(
      story(page, 'Antwerp opens its lock')
        .or(page.getByRole('button', { name: /1 new/ }))
        .first(),
    ).toBeVisible()
    expect(await page.evaluate(() => (window as { reloaded?: boolean }).reloaded)).toBe(false)
  })

  test('a saved alert reports a new story once: unread in the navigation, then in the inbox', async ({
    app,
  }) => {
    const { page } = app
    await addSource(page)
    await page.keyboard.press('Escape')
    await go(page, 'Alerts')
    await page.getByRole('button', { name: 'New alert' }).click()
    await page.getByLabel('Name').fill('Walrus watch')
    await page.getByLabel('Query').last().fill('walrus* NEAR/6 harbour')
    await page.getByRole('button', { name: 'Save alert' }).click()
    await expect(page.getByText('Walrus watch').first()).toBeVisible()
    feed.items = [
      ...feed.items,
      {
        id: '3',
        title: 'A walrus sleeps in the harbour',
        text: 'It has come far.',
        published: 'Fri, 09 May 2025 12:00:00 GMT',
      },
    ]
    // The editor's own way back is a second one.
    const alerts = page
      .getByRole('navigation')
      .getByRole('link', { name: /Alerts/ })
      .first()
    const before = Number(/\d+/.exec((await alerts.textContent()) ?? '0')?.[0] ?? 0)
    await go(page, 'Sources')
    await page.getByRole('button', { name: 'Refresh all' }).click()
    await expect(alerts).toContainText(String(before + 1))
    await page.getByRole('button', { name: 'Refresh all' }).click()
    await alerts.click()
    await expect(page.getByText('A walrus sleeps in the harbour')).toHaveCount(1)
    await expect(page.locator('mark').filter({ hasText: 'walrus' }).first()).toBeVisible()
    await expect(alerts).toContainText(String(before + 1))
    await page.getByRole('button', { name: 'Mark all seen' }).click()
    await expect(alerts).not.toContainText(/\d/)
  })

  test('a hit is shown in one of two windows and leads to its story; where the person allows it, the browser notifies', async ({
    app,
    shell,
  }) => {
    test.skip(shell === 'desktop', 'The desktop app notifies by itself.')
    const { page } = app
    await addSource(page)
    await page.keyboard.press('Escape')
    await go(page, 'Alerts')
    await page.getByRole('button', { name: 'New alert' }).click()
    await page.getByLabel('Name').fill('Walrus watch')
    await page.getByLabel('Query').last().fill('walrus OR narwhal')
    await page.getByRole('button', { name: 'Save alert' }).click()
    await go(page, 'Sources')
    const other = await page.context().newPage()
    await other.goto(page.url())
    await expect(other.getByRole('button', { name: 'Refresh all' })).toBeVisible()
    const arrive = async (id: string, title: string): Promise<void> => {
      feed.items = [...feed.items, { id, title, text: '', published: 'Fri, 09 May 2025 12:00:00 GMT' }]
      await page.getByRole('button', { name: 'Refresh all' }).click()
    }

    const message = (window: Page) => window.getByText('Walrus watch: A walrus sleeps in the harbour')
    await arrive('walrus-1', 'A walrus sleeps in the harbour')
    await expect.poll(async () => (await message(page).count()) + (await message(other).count())).toBe(1)
    const shownIn = (await message(page).count()) === 1 ? page : other
    await shownIn.getByRole('button', { name: 'Show story' }).click()
    await expect(shownIn).toHaveURL(/\/alerts\/\d+\?alert=\d+/)
    await other.close()

    // A browser without service workers; with them see inbox.spec.ts.
    await page.addInitScript(() => Object.defineProperty(navigator, 'serviceWorker', { value: undefined }))
    await page.reload()
    await go(page, 'Settings')
    await page.evaluate(() => {
      const shown: string[] = []
      class Recorded {
        static permission = 'default'
        static requestPermission(): Promise<string> {
          Recorded.permission = 'granted'
          return Promise.resolve('granted')
        }
        onclick: (() => void) | undefined
        constructor(title: string, { body, tag }: { body: string; tag: string }) {
          shown.push(`${tag.replace(/\d+/, 'n')} ${title}: ${body}`)
          Object.assign(window, { last: this })
        }
        close(): void {}
      }
      Object.assign(window, { Notification: Recorded, shown })
    })
    await go(page, 'Alerts')
    await go(page, 'Settings')
    await page.getByRole('button', { name: 'Let the browser notify me' }).click()
    await expect(page.getByText('The browser shows the hits of alerts')).toBeVisible()
    await go(page, 'Sources')
    await arrive('walrus-2', 'Narwhal seen off Greenland')
    const shown = (): Promise<string[]> =>
      page.evaluate(() => (window as unknown as { shown: string[] }).shown)
    await expect.poll(shown).toEqual(['alert-n Walrus watch: Narwhal seen off Greenland'])
    await page.evaluate(() => (window as unknown as { last: { onclick: () => void } }).last.onclick())
    await expect(page).toHaveURL(/\/alerts\/\d+\?alert=\d+/)
  })
})

test('who leaves while an alert is being saved is not fetched back', async ({ app }) => {
  const { page } = app
  await go(page, 'Alerts')
  await page.getByRole('button', { name: 'New alert' }).click()
  await page.getByLabel('Name').fill('Walrus watch')
  await page.getByLabel('Query').last().fill('walrus')
  const gone = Promise.withResolvers<void>()
  await page.route('**/alerts/save', async (route) => {
    await gone.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'Save alert' }).click()
  await go(page, 'Sources')
  await expect(page.getByRole('button', { name: 'Refresh all' })).toBeVisible()
  gone.resolve()
  await expect(page.getByText('Walrus watch').first()).toBeVisible()
  await expect(page).toHaveURL(/\/sources$/)
})

test('what a person starred and noted is there after a restart', async ({ app }) => {
  await go(app.page, 'Stories')
  await app.page.goto(`${new URL(app.page.url()).origin}/stories?q=siberia`)
  await story(app.page, /Gazprom and CNPC/).click()
  await app.page.keyboard.press('s')
  await expect(app.page.getByRole('button', { name: /Unstar|Remove star|Starred/i }).first()).toBeVisible()
  await app.restart()
  await go(app.page, 'Stories')
  await app.page.goto(`${new URL(app.page.url()).origin}/stories?q=is:starred`)
  await expect(stories(app.page).getByRole('option')).toHaveCount(1)
})

test('a concept of one’s own: what is wrong with it is said, then it is searched for, and while it is used it stays', async ({
  app,
}) => {
  const { page } = app
  await go(page, 'Themes')
  await page.getByRole('radio', { name: 'Concepts' }).check()
  await page.getByRole('button', { name: 'New concept' }).click()
  const form = page.getByRole('form', { name: 'New concept' })
  await expect(form.getByText('It still needs a name and forms.')).toBeVisible()
  await form.getByLabel('Name').fill('Pipelines')
  await expect(form.getByText('It still needs forms.')).toBeVisible()
  await form.getByLabel(/^Forms/).fill('pipeline*\n*duct')
  await form.getByRole('button', { name: 'Save concept' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '*duct' })).toBeVisible()
  await form.getByLabel(/^Forms/).fill('pipeline*\nPipeline*\n"Power of Siberia"')
  await form.getByRole('button', { name: 'Save concept' }).click()
  const saved = page.getByRole('form', { name: 'Pipelines' })
  await expect(saved.getByText('@pipelines')).toBeVisible()
  await saved.getByRole('link', { name: 'Find its stories' }).click()
  await expect(story(page, /Gazprom and CNPC/)).toBeVisible()

  await go(page, 'Alerts')
  await page.getByRole('button', { name: 'New alert' }).click()
  await page.getByLabel('Name').fill('Pipes')
  await page.getByLabel('Query').last().fill('@pipelines')
  await page.getByRole('button', { name: 'Save alert' }).click()
  await expect(page.getByText('Pipes').first()).toBeVisible()
  await page.goto(`${new URL(page.url()).origin}/themes?tab=concepts&concept=pipelines`)
  await expect(page.getByRole('link', { name: 'Pipes' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('still used by the alert “Pipes”')).toBeVisible()
})

test('an error in a query marks its place and offers the repair', async ({ app }) => {
  const { page } = app
  await go(page, 'Stories')
  const bar = page.getByRole('combobox').first()
  await bar.fill('pipeline AND (gas')
  await bar.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'never closed' })).toBeVisible()
  await page
    .getByRole('button', { name: 'pipeline AND (gas)' })
    .or(page.getByRole('button', { name: /Use|Repair|Fix/ }))
    .first()
    .click()
  await expect(page.getByRole('alert').filter({ hasText: 'never closed' })).toHaveCount(0)
})
