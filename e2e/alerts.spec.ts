import { expect, test } from './shell.ts'

test('an alert is written, tried, changed by its sentence, saved, edited and left as a draft, all by keyboard', async ({
  app,
}) => {
  const { page } = app
  const { keyboard } = page
  const editor = page.getByRole('region', { name: /^(New|Edit) alert$/ })
  const test = editor.getByRole('region', { name: 'Back-test over the archive' })
  const query = editor.getByRole('textbox', { name: 'Query' })

  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Alerts/ })
    .press('Enter')
  await page.getByRole('button', { name: 'New alert' }).first().press('Enter')
  await expect(editor.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await keyboard.type('Pipelines')
  for (const label of ['Folder', 'Priority']) {
    await keyboard.press('Tab')
    await expect(editor.getByLabel(label)).toBeFocused()
  }
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await expect(query).toBeFocused()
  await expect(test).toContainText('Write a query')

  // The back-test answers while the query is typed; what cannot be read is said.
  await keyboard.type('gas AND')
  await expect(editor.getByRole('alert').first()).toBeVisible()
  await keyboard.press('Backspace')
  await keyboard.press('Backspace')
  await keyboard.press('Backspace')
  await keyboard.type('OR oil ')
  await keyboard.press('Escape')
  await expect(test).toContainText(/hits, [\d.]+ a day/)
  await expect(editor.getByRole('region', { name: 'Newest matches' }).locator('mark').first()).toBeVisible()
  await test.getByRole('button', { name: 'As a table' }).press('Enter')
  await expect(test.getByRole('table').getByRole('row').nth(1)).toBeVisible()

  // A part of the sentence opens in place, and the sentence follows.
  const sentence = editor.getByRole('region', { name: 'What will happen' })
  await expect(sentence).toContainText('At once, one notice per event')
  await sentence.getByRole('button', { name: 'No quiet hours' }).press('Enter')
  await page.getByRole('checkbox', { name: 'Tell nothing' }).press('Space')
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('6:30')
  await keyboard.press('Enter')
  await expect(sentence).toContainText('Nothing from 22:00 to 06:30: what was held comes at 06:30')

  await query.press('ControlOrMeta+Enter')
  await expect(page.getByText('Saved Pipelines.')).toBeVisible()
  await expect(page).toHaveURL(/\/alerts\/edit\/\d+$/)
  await expect(editor.getByText('Changed, not saved')).toBeHidden()
  await keyboard.press('Escape')
  await expect(page).toHaveURL(/\/alerts\?alert=\d+$/)
  await expect(page.getByRole('region', { name: 'Alerts' }).getByText('Pipelines')).toBeVisible()

  // An edit is compared with the saved version; left, it is found again as it was.
  await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter')
  await query.fill('gas')
  await expect(editor.getByRole('region', { name: 'This edit' })).toContainText(/takes out \d+/)
  // Escape leaves the field, then the page.
  await editor.getByRole('textbox', { name: 'Name' }).press('Escape')
  await keyboard.press('Escape')
  await expect(page).toHaveURL(/\/alerts\?alert=\d+$/)
  await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter')
  await expect(editor.getByText('As you left it, not saved')).toBeVisible()
  await expect(query).toHaveValue('gas')
  await editor.getByRole('button', { name: 'Discard' }).press('Enter')
  await expect(query).toHaveValue('gas OR oil')

  // Deleted, it leaves the list at once, and comes back with all it had.
  const listed = page.getByRole('region', { name: 'Alerts' }).getByText('Pipelines')
  await editor.getByRole('button', { name: 'More actions' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Delete alert' }).press('Enter')
  const deleted = page.getByText('Deleted the alert Pipelines')
  await expect(deleted).toBeVisible()
  await expect(listed).toBeHidden()
  await deleted.locator('..').getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(listed).toBeVisible()
})
