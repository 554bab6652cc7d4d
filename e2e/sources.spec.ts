import { serveFeed } from './loopback.ts'
import { expect, test } from './shell.ts'

test('mend a source: it fails, is named with its reason wherever one looks, gets its new address and brings stories again', async ({
  app,
}) => {
  const { page } = app
  const [old, moved] = [await serveFeed('Loopback Gazette'), await serveFeed('Loopback Gazette')]
  const item = (id: string, title: string) => ({
    id,
    title,
    text: 'Dockers go back to work.',
    published: 'Fri, 09 May 2025 10:00:00 GMT',
  })
  old.items = [item('1', 'Harbour strike ends in Rotterdam')]
  moved.items = [...old.items, item('2', 'Cranes turn again in Rotterdam')]
  const navigation = page.getByRole('navigation')
  const status = page.getByRole('contentinfo')
  const row = page.getByRole('row').filter({ hasText: 'Loopback Gazette' })
  try {
    await navigation.getByRole('link', { name: 'Sources' }).click()
    await page.getByRole('button', { name: 'Add source' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill(old.url)
    await dialog.getByRole('textbox').first().press('Enter')
    await dialog.getByRole('button', { name: /^Add/ }).last().click()
    await expect(row).toContainText('up to date')

    await test.step('it fails: its row, the navigation and the status bar say so, and the others are well', async () => {
      old.fail = true
      await page.getByRole('button', { name: 'Refresh all' }).click()
      await expect(row).toContainText('failing')
      await expect(row).toContainText(/500/)
      await expect(page.getByRole('row').filter({ hasText: 'Brussels Ledger' })).toContainText('up to date')
      await expect(navigation.getByRole('link', { name: 'Sources: 1 failing' })).toBeVisible()
      await expect(status.getByRole('link', { name: '1 failing' })).toBeVisible()
    })
    await test.step('the dashboard names it, and leads to its log', async () => {
      await navigation.getByRole('link', { name: 'Dashboard' }).click()
      const health = page.getByRole('region', { name: 'Sources', exact: true })
      await expect(health.getByRole('link', { name: '1 failing' })).toBeVisible()
      await health.getByRole('link', { name: 'Loopback Gazette' }).click()
      await expect(dialog.getByRole('table')).toContainText(/500/)
    })
    await test.step('with its new address it is fetched at once, and nobody is failing', async () => {
      await dialog.getByRole('button', { name: 'Edit' }).click()
      await dialog.getByRole('textbox', { name: 'Address' }).fill('not a url')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog.getByRole('alert')).toBeVisible()
      await dialog.getByRole('textbox', { name: 'Address' }).fill(moved.url)
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog).toContainText('up to date')
      await page.keyboard.press('Escape')
      await expect(row.getByRole('link', { name: 'Loopback Gazette: 2 stories' })).toBeVisible()
      await expect(status.getByRole('link', { name: '1 failing' })).toBeHidden()
      await expect(navigation.getByRole('link', { name: 'Sources', exact: true })).toBeVisible()
    })
  } finally {
    await old.close()
    await moved.close()
  }
})
