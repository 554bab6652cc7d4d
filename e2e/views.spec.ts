import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './shell.ts'

const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const bar = (page: Page) => page.getByRole('combobox', { name: 'Search stories' })
const savedView = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) })

/** The file that an entry of a panel's export menu writes. */
async function exported(page: Page, of: Locator, format: RegExp): Promise<Buffer> {
  await of.getByRole('button', { name: /^Export/ }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: format }).click(),
  ])
  return readFileSync(await download.path())
}

test('filter and share, save a view: it opens by its key with its filter and panels, is exported, changed, removed and brought back', async ({
  app,
  shell,
}) => {
  const { page } = app
  await page.getByRole('radio', { name: '7 d' }).check({ force: true })
  await page.getByRole('button', { name: 'Only EU' }).click()
  await expect(bar(page)).toHaveValue('bloc:EU')

  const shared = await page.context().newPage()
  await shared.goto(page.url())
  await expect(bar(shared)).toHaveValue('bloc:EU')
  await expect(shared.getByRole('radio', { name: '7 d' })).toBeChecked()
  await shared.close()

  await page.getByRole('button', { name: 'Views' }).click()
  const form = page.getByRole('dialog', { name: 'Views' })
  await form.getByRole('textbox', { name: 'Name' }).press('Enter')
  await expect(form.getByRole('alert')).toHaveText('A view needs a name.')
  await form.getByRole('textbox', { name: 'Name' }).fill('Morning')
  await form.getByRole('button', { name: 'Save view' }).click()
  await expect(savedView(page, 'Morning')).toHaveAttribute('aria-current', 'page')

  await page.locator('main').focus()
  await page.keyboard.press('.')
  const list = page.getByRole('dialog', { name: 'Panels' })
  await list.getByRole('checkbox', { name: 'Sources' }).click()
  await list.getByRole('checkbox', { name: 'Latest stories' }).press('Alt+ArrowUp')
  await expect(list.getByText(/^Latest stories: \d+ of/)).toBeAttached()
  await page.keyboard.press('Escape')
  await expect(panel(page, 'Sources')).toBeHidden()
  await page.getByRole('button', { name: 'Save again' }).click()
  await expect(page.getByRole('button', { name: 'Save again' })).toBeHidden()

  // Out of the view everything is as it was; a hidden panel asks for nothing.
  await page.getByRole('navigation').getByRole('link', { name: 'Dashboard' }).click()
  await expect(panel(page, 'Sources')).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Sources' }).click()
  await expect(page.getByRole('heading', { name: 'Sources', level: 1 })).toBeVisible()
  await page.keyboard.press('1')
  await expect(bar(page)).toHaveValue('bloc:EU')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.reload()
  await expect(panel(page, 'Latest stories').getByRole('listitem').first()).toBeVisible()
  await expect(panel(page, 'Sources')).toBeHidden()
  await expect.poll(() => asked).toContain('/rpc/dashboard/hits')
  expect(asked).not.toContain('/rpc/dashboard/health')

  // The desktop asks where to put a file.
  if (shell === 'browser')
    await test.step('a panel of it as CSV has the numbers of the page, and as PNG is a picture', async () => {
      const themes = panel(page, 'Themes')
      const numbers = new Map<string, string>()
      for (const row of await themes.getByRole('row').all()) {
        const name = row.getByRole('rowheader')
        if ((await name.count()) === 0) continue
        const count = /\d+$/.exec((await row.getByRole('cell').first().textContent()) ?? '')?.[0]
        numbers.set((await name.textContent())?.trim() ?? '', count ?? '')
      }
      expect(numbers.size).toBeGreaterThan(10)
      const lines = (await exported(page, themes, /CSV/)).toString('utf8').split('\r\n')
      expect(lines.find((line) => line.startsWith('Filter'))).toContain('bloc:EU')
      for (const [name, number] of numbers)
        expect(
          lines.filter((line) => line.startsWith(`${name},`)).map((line) => line.split(',')[1]),
          name,
        ).toEqual([number])
      const png = await exported(page, themes, /PNG/)
      expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
      expect(png.readUInt32BE(16), 'its width').toBeGreaterThan(300)
      expect(png.readUInt32BE(20), 'its height').toBeGreaterThan(300)
    })

  await page.getByRole('button', { name: 'Morning' }).click()
  await form.getByRole('button', { name: 'Save as new' }).click()
  await expect(form.getByRole('alert')).toHaveText('There is a view “Morning” already: choose another name.')
  await form.getByRole('button', { name: 'Remove Morning' }).click()
  await expect(savedView(page, 'Morning')).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(savedView(page, 'Morning')).toBeVisible()
})
