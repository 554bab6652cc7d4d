import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { type LoopbackFeed, serveFeed } from './loopback.ts'
import { expect, startBrowserShell, test } from './shell.ts'

// Scripts that a system may lack are drawn by fonts of ours, whatever it has, and nobody loads them who reads none.

const ENGLISH = [
  { id: '1', title: 'Harbour strike ends in Rotterdam', text: 'Dockers go back to work – after 12 days.' },
  { id: '2', title: 'Забастовка в порту закончилась', text: 'Докеры возвращаются на работу.' },
]
const CHINESE = '中国与俄罗斯签署新的天然气管道协议'
const ARABIC = 'قمة عربية في بغداد تبحث أزمة الطاقة'
const chinese = expect.stringMatching(/^Noto Sans SC\b(?!.*system)/)
const arabic = expect.stringMatching(/^Noto Sans Arabic\b(?!.*system)/)
/** A title in each of the other scripts, by the font that draws it. */
const TITLES = {
  KR: '부산항 파업이 끝났다',
  Armenian: 'Գործադուլն ավարտվեց',
  Bengali: 'ঢাকায় ধর্মঘট শেষ',
  Devanagari: 'रॉटरडैम में हड़ताल समाप्त',
  Ethiopic: 'አድማው አበቃ',
  Georgian: 'გაფიცვა დასრულდა',
  Gujarati: 'અમદાવાદમાં હડતાળ પૂરી',
  Hebrew: 'השביתה בנמל הסתיימה',
  Kannada: 'ಬೆಂಗಳೂರಿನಲ್ಲಿ ಮುಷ್ಕರ ಅಂತ್ಯ',
  Khmer: 'កូដកម្មបានបញ្ចប់',
  Myanmar: 'သပိတ်ပြီးဆုံး',
  Tamil: 'சென்னையில் வேலைநிறுத்தம் முடிந்தது',
  Telugu: 'విశాఖలో సమ్మె ముగిసింది',
  Thai: 'การนัดหยุดงานสิ้นสุดลง',
}
const OTHERS = [
  { id: '3', title: CHINESE, text: '两国领导人在莫斯科会晤。' },
  { id: '4', title: ARABIC, text: 'وصل القادة إلى بغداد صباح اليوم.' },
  ...Object.entries(TITLES).map(([script, title]) => ({ id: script, title, text: title })),
]
const published = 'Fri, 09 May 2025 10:00:00 GMT'

const option = (page: Page, title: string) =>
  page.getByRole('listbox', { name: 'Stories' }).getByRole('option', { name: title })

/** The fonts that Chromium drew an element with, as the fonts name themselves; a variable font has the name of its default. */
async function fontsOf(page: Page, element: Locator): Promise<string[]> {
  await element.evaluate((node) => node.setAttribute('data-asked', ''))
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  const { root } = await session.send('DOM.getDocument', { depth: 0 })
  const { nodeId } = await session.send('DOM.querySelector', {
    nodeId: root.nodeId,
    selector: '[data-asked]',
  })
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
  await session.detach()
  await element.evaluate((node) => node.removeAttribute('data-asked'))
  return fonts
    .map(({ familyName, isCustomFont }) => (isCustomFont ? familyName : `${familyName} of the system`))
    .sort()
}

let dataDir: string
let feed: LoopbackFeed
test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-scripts-'))
  feed = await serveFeed('Loopback Gazette')
})
test.afterEach(async () => {
  await feed.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test('each script is drawn by our font of it, and a page in English and Russian loads none of them', async ({
  page,
}) => {
  feed.items = ENGLISH.map((item) => ({ ...item, published }))
  const { url, child } = await startBrowserShell(['--port', '0', '--data-dir', dataDir])
  try {
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(request.url()))
    const slices = (): string[] => loaded.filter((address) => /noto-sans/.test(address))
    await page.goto(url)
    const navigation = page.getByRole('navigation')
    await navigation.getByRole('link', { name: 'Sources' }).click()
    await page.getByRole('button', { name: 'Add source' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill(feed.url)
    await dialog.getByRole('textbox').first().press('Enter')
    await dialog.getByRole('button', { name: /^Add/ }).last().click()
    await expect(page.getByRole('row').filter({ hasText: 'Loopback Gazette' })).toBeVisible()
    await page.keyboard.press('Escape')
    for (const name of ['Dashboard', 'Settings', 'Alerts', 'Stories'])
      await navigation.getByRole('link', { name }).first().click()
    await option(page, 'Harbour strike').click()
    await expect(page.getByRole('article').getByText('Dockers go back')).toBeVisible()
    await page.evaluate(() => document.fonts.ready)
    expect(slices()).toEqual([])
    await page.getByRole('radio', { name: 'Stories', exact: true }).check({ force: true })

    feed.items = [...ENGLISH, ...OTHERS].map((item) => ({ ...item, published }))
    await navigation.getByRole('link', { name: 'Sources' }).click()
    await page.getByRole('button', { name: 'Refresh all' }).click()
    const all = ENGLISH.length + OTHERS.length
    await expect(navigation.getByRole('link', { name: `Stories: ${all} stories` })).toBeVisible()
    await navigation.getByRole('link', { name: 'Stories' }).first().click()
    await expect(option(page, CHINESE)).toBeVisible()
    await option(page, ARABIC).click()
    const pane = page.getByRole('article')
    await expect(pane.getByText('وصل القادة')).toBeVisible()
    await expect.poll(() => fontsOf(page, option(page, CHINESE).getByText(CHINESE))).toEqual([chinese])
    // The spaces are those of the Latin font.
    for (const title of [
      option(page, ARABIC).getByText(ARABIC),
      pane.getByRole('heading', { name: ARABIC }),
    ]) {
      expect((await fontsOf(page, title)).filter((name) => !/^Source Serif/.test(name))).toEqual([arabic])
      await expect(title).toHaveCSS('direction', 'rtl')
    }
    await expect(pane.getByText('وصل القادة')).toHaveCSS('direction', 'rtl')
    await expect(option(page, CHINESE).getByText(CHINESE)).toHaveCSS('direction', 'ltr')
    for (const [script, title] of Object.entries(TITLES)) {
      const row = option(page, title)
      await row.scrollIntoViewIfNeeded()
      await expect
        .poll(
          async () =>
            (await fontsOf(page, row.getByText(title))).filter((name) => !/^Source Serif/.test(name)),
          title,
        )
        .toEqual([expect.stringMatching(new RegExp(`^Noto Sans ${script}\\b(?!.*system)`))])
    }
    // Of all slices those of these texts alone.
    expect(slices().length).toBeGreaterThan(2)
    expect(slices().length).toBeLessThan(40)
  } finally {
    child.kill('SIGKILL')
  }
})
