import type { Page } from '@playwright/test'

/** Something a person can have before them: a page, or what opens over it. */
export interface State {
  readonly name: string
  readonly path: string
  /** Opens it on the page of that path; without it the page itself is meant. */
  readonly open?: (page: Page) => Promise<void>
}

const press = (name: string | RegExp) => (page: Page) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
const pick = (menu: string, item: string | RegExp) => async (page: Page) => {
  await press(menu)(page)
  await page.getByRole('menuitem', { name: item }).click()
}
const type = (text: string) => async (page: Page) => {
  const field = page.getByRole('combobox', { name: 'Search stories' })
  await field.focus()
  await field.pressSequentially(text)
}
const submitted = (text: string) => async (page: Page) => {
  await type(text)(page)
  await page.keyboard.press('Enter')
}
const key = (name: string) => async (page: Page) => {
  await page.locator('main').focus()
  await page.keyboard.press(name)
}
/** Opens it and waits until it is there: what is loaded when first asked for, or comes once a query was read. */
const awaited = (open: (page: Page) => Promise<void>, role: 'dialog' | 'alert') => async (page: Page) => {
  await open(page)
  await page.getByRole(role).first().waitFor()
}

/** Every page of the sample archive. Story and event 1 are there in each new sample. */
export const pages: readonly State[] = [
  { name: 'dashboard', path: '/?range=7d' },
  { name: 'stories', path: '/stories?q=gazprom' },
  { name: 'story', path: '/stories/1' },
  { name: 'event', path: '/events/6' },
  { name: 'alerts', path: '/alerts?show=all' },
  { name: 'alert-editor', path: '/alerts/edit/1' },
  { name: 'themes', path: '/themes' },
  { name: 'theme-editor', path: '/themes?edit=taiwan' },
  { name: 'concepts', path: '/themes?tab=concepts&concept=china' },
  { name: 'sources', path: '/sources' },
  { name: 'settings', path: '/settings' },
]

/** Every editor, dialog and menu, and what pages show only at times. */
export const overlays: readonly State[] = [
  // Around every page.
  { name: 'command palette', path: '/settings', open: awaited(key('Control+k'), 'dialog') },
  { name: 'keys', path: '/settings', open: awaited(key('?'), 'dialog') },
  { name: 'completions', path: '/settings', open: type('theme:ru') },
  { name: 'an unreadable query', path: '/stories?q=gas', open: awaited(submitted(' AND (gas'), 'alert') },
  { name: 'save this search', path: '/stories?q=gas', open: press('Save this search') },
  // The dashboard.
  { name: 'dashboard, filtered', path: '/?range=7d&q=bloc%3AEU%20theme%3Aukraine-war' },
  { name: 'dashboard, nothing in range', path: '/?range=2024-01-01..2024-01-02' },
  { name: 'other dates', path: '/', open: press('Other dates') },
  { name: 'filter by theme', path: '/', open: press('Theme') },
  { name: 'views', path: '/', open: press('Views') },
  { name: 'panels', path: '/', open: press('Panels') },
  { name: 'annotations', path: '/', open: awaited(press('Annotations'), 'dialog') },
  { name: 'volume as a table', path: '/?range=7d', open: press('As a table') },
  { name: 'export', path: '/', open: press('Export Themes') },
  // Stories and events.
  { name: 'no story', path: '/stories?q=zzz' },
  { name: 'time', path: '/stories', open: press('Time') },
  { name: 'who is in these', path: '/stories', open: press('Who and what') },
  { name: 'add a theme', path: '/stories/1', open: press('+ theme') },
  { name: 'take out', path: '/events/6', open: press('Take out…') },
  { name: 'put in', path: '/events/6', open: press('Put in…') },
  { name: 'merge', path: '/events/6', open: press('Merge…') },
  { name: 'split', path: '/events/6', open: press('Split…') },
  { name: 'rename', path: '/events/6', open: press('Rename…') },
  { name: 'the spread as a table', path: '/events/6', open: press('Table') },
  // Alerts.
  { name: 'new alert', path: '/alerts/edit/new?q=gazprom' },
  { name: 'hits of a story', path: '/alerts?show=all', open: (page) => key('j')(page) },
  { name: 'alert’s menu', path: '/alerts', open: press('More for Pipeline price') },
  { name: 'rename an alert', path: '/alerts', open: pick('More for Pipeline price', 'Rename…') },
  {
    name: 'snooze',
    path: '/alerts?show=all',
    open: async (page) => {
      await page.getByRole('listbox', { name: 'Hits' }).focus()
      await page.keyboard.press('j')
      await press(/^Snooze/)(page)
    },
  },
  { name: 'when it tells', path: '/alerts/edit/1', open: press(/Change when it tells$/) },
  { name: 'quiet hours', path: '/alerts/edit/1', open: press(/Change the quiet hours$/) },
  { name: 'colour', path: '/alerts/edit/1', open: press(/^Colour:/) },
  { name: 'new channel', path: '/alerts/edit/1', open: press('Add a channel') },
  // Themes.
  { name: 'new theme', path: '/themes?edit=new&q=gazprom' },
  { name: 'new concept', path: '/themes?tab=concepts&concept=%28new%29' },
  {
    name: 'an edited theme',
    path: '/themes?edit=taiwan',
    open: async (page) => {
      await page.getByRole('form', { name: 'Taiwan' }).getByLabel('Query').fill('taiwan AND strait')
      await page.getByText('Not saved yet').waitFor()
      await page
        .getByText(/^Takes out [1-9]/)
        .first()
        .waitFor()
    },
  },
  // Sources.
  { name: 'add a source', path: '/sources', open: press('Add source') },
  { name: 'source’s menu', path: '/sources', open: press('More for Elbkurier') },
  { name: 'edit a source', path: '/sources', open: pick('More for Elbkurier', 'Edit') },
  { name: 'log of a source', path: '/sources', open: pick('More for Elbkurier', 'Log of fetches') },
  { name: 'remove a source', path: '/sources', open: pick('More for Elbkurier', 'Remove') },
  {
    name: 'edit many sources',
    path: '/sources',
    open: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all shown' }).check()
      await press('Edit')(page)
    },
  },
  { name: 'starter sources', path: '/sources', open: pick('More', 'Starter sources') },
  { name: 'import OPML', path: '/sources', open: pick('More', 'Import OPML') },
]

/**
 * Brings a state before the person: all that is loading has loaded.
 * @param page one that the engine has accepted
 */
export async function show(page: Page, { path, open }: State): Promise<void> {
  await page.goto(new URL(path, page.url()).href)
  await settled(page)
  if (open === undefined) return
  await open(page)
  await settled(page)
}

/** Resolves once nothing is awaited: no request, no skeleton, no font. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(
    () =>
      document.querySelector('[role=status][aria-label=Loading], [aria-busy=true]') === null &&
      document.fonts.status === 'loaded',
  )
}
