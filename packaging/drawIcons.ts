/**
 * Draws resources/icons anew from the mark below, with a Chromium: node src/launch/preflight.js packaging/drawIcons.ts
 * The results are committed; this runs only when the mark changes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

const folder = join(import.meta.dirname, '..', 'resources', 'icons')
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

/** The pulse of the page's own mark (src/renderer/public/icon.svg), in units of 18. */
const pulse = (colour: string, width: number): string =>
  `<path d="M3 9.5h2.2l1.6-4.4 2.5 8.8 2.3-6.4 1.1 2H15" fill="none" stroke="${colour}" stroke-width="${width}"
    stroke-linecap="round" stroke-linejoin="round"/>`
const svg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18">${content}</svg>`
const app = svg(`<rect width="18" height="18" rx="4" fill="#0b5c7d"/>${pulse('#fff', 1.5)}`)
/** macOS wants air around the tile: 824 of 1024 pixels. */
const mac = svg(
  `<g transform="translate(1.758 1.758) scale(.8047)"><rect width="18" height="18" rx="4.05" fill="#0b5c7d"/>${pulse('#fff', 1.5)}</g>`,
)
/** The menu bar of macOS colours a black shape itself. */
const template = svg(`<g transform="translate(-1.8 -2.25) scale(1.2)">${pulse('#000', 1.5)}</g>`)

/** Apple's icon file: kinds of four letters and the pixels they hold, single and for doubled screens. */
const ICNS: readonly (readonly [string, number])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  const page = await browser.newPage()
  const draw = async (mark: string, size: number): Promise<Buffer> => {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${mark}`,
    )
    return page.screenshot({ omitBackground: true })
  }
  mkdirSync(join(folder, 'app'), { recursive: true })
  const tiles = new Map<number, Buffer>()
  for (const size of SIZES) {
    const png = await draw(app, size)
    tiles.set(size, png)
    writeFileSync(join(folder, 'app', `${size}x${size}.png`), png)
  }
  writeFileSync(join(folder, 'app.svg'), `${app}\n`)
  writeFileSync(
    join(folder, 'icon.ico'),
    ico([16, 24, 32, 48, 64, 128, 256].map((size) => [size, tiles.get(size)!])),
  )
  const macTiles: [string, Buffer][] = []
  for (const [type, size] of ICNS) macTiles.push([type, await draw(mac, size)])
  writeFileSync(join(folder, 'icon.icns'), icns(macTiles))
  for (const [name, mark, size] of [
    ['tray', app, 32],
    ['tray@2x', app, 64],
    ['trayTemplate', template, 18],
    ['trayTemplate@2x', template, 36],
  ] as const)
    writeFileSync(join(folder, `${name}.png`), await draw(mark, size))
} finally {
  await browser.close()
}

/** Windows' icon file: a directory of 16 bytes an image, then the images as PNG (Windows Vista and later). */
function ico(images: readonly (readonly [number, Buffer])[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let at = head.length
  for (const [i, [size, png]] of images.entries()) {
    const entry = 6 + 16 * i
    // 0 stands for 256.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += png.length
  }
  return Buffer.concat([head, ...images.map(([, png]) => png)])
}

/** 'icns', the length of all, then each image with its kind and length, big-endian; PNG inside (Mac OS X 10.7 and later). */
function icns(images: readonly (readonly [string, Buffer])[]): Buffer {
  const chunks = images.map(([type, png]) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(8 + png.length, 4)
    return Buffer.concat([head, png])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + chunks.reduce((sum, { length }) => sum + length, 0), 4)
  return Buffer.concat([head, ...chunks])
}
