import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Rolldown } from 'vite'

const page = join(import.meta.dirname, 'src', 'renderer')

/**
 * Both shells serve the page at the root of an origin of its own, and its views (`/stories/7`) are opened and reloaded too:
 * there an address relative to the page would lead nowhere. electron-vite always builds with relative ones.
 */
const addressesFromTheRoot = {
  name: 'addresses-from-the-root',
  transformIndexHtml: { order: 'post' as const, handler: (html: string) => html.replaceAll('="./', '="/') },
}

/**
 * Of the fonts for other scripts only what is of these scripts is shipped. Their Latin, Cyrillic and symbols the page has from
 * Inter or the system (an arrow on an English page would fetch a slice for nothing), the Chinese characters of the Korean font
 * from the Chinese one.
 */
const slicesOfTheirScript = {
  name: 'slices-of-their-script',
  enforce: 'pre' as const,
  transform: (css: string, id: string) => {
    const [, script] = /\/noto-sans-(\w+)\/wght\.css/.exec(id) ?? []
    if (script === undefined) return undefined
    return css.replace(/\/\* ([^*]+) \*\/\s*@font-face {[^}]*}/g, (face, name: string) =>
      /-(?:latin|latin-ext|greek|greek-ext|cyrillic|cyrillic-ext|vietnamese|math|symbols)-wght/.test(name) ||
      (script === 'kr' && !hasHangul(face))
        ? ''
        : face,
    )
  },
}

/** Letters and syllables of Korean, as Unicode has them. */
const HANGUL = [
  [0x1100, 0x11ff],
  [0x3130, 0x318f],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
] as const

const hasHangul = (face: string): boolean =>
  [...face.matchAll(/U\+([\dA-F]+)(?:-([\dA-F]+))?/gi)].some(([, first = '', last = first]) =>
    HANGUL.some(([from, to]) => Number.parseInt(first, 16) <= to && Number.parseInt(last, 16) >= from),
  )

/** Puts the licence of each packed font beside it, as the font's licence asks of whoever passes it on. */
const licencesOfFonts = {
  name: 'licences-of-fonts',
  generateBundle(this: Rolldown.PluginContext, _: unknown, bundle: Rolldown.OutputBundle) {
    const fonts = join(import.meta.dirname, 'node_modules', '@fontsource-variable')
    const used = Object.values(bundle)
      .flatMap((one) => (one.type === 'asset' ? one.originalFileNames : []))
      .flatMap((name) => /@fontsource-variable\/([\w-]+)\/files\//.exec(name)?.[1] ?? [])
    for (const font of new Set(used))
      this.emitFile({
        type: 'asset',
        fileName: `assets/${font}-LICENSE.txt`,
        source: readFileSync(join(fonts, font, 'LICENSE')),
      })
  },
}

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          engine: 'src/main/engine.ts',
          reading: 'src/core/reading/worker.ts',
          checkpoint: 'src/core/store/checkpointThread.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: page,
    build: {
      outDir: 'out/renderer',
      minify: 'oxc',
      // The page's policy loads nothing from data: addresses but images.
      assetsInlineLimit: 0,
      // Of the packed size a test takes care (e2e/dashboard.spec.ts). Kilobytes unpacked.
      chunkSizeWarningLimit: 700,
      rollupOptions: {
        input: { index: join(page, 'index.html') },
        // What is loaded before anything is drawn is one script: cut where other scripts use a part of it, it packs worse.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
    plugins: [react(), tailwindcss(), slicesOfTheirScript, licencesOfFonts, addressesFromTheRoot],
  },
})
