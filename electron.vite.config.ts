import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

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
 * Inter or the system; an arrow on an English page would fetch a slice for nothing.
 */
const slicesOfTheirScript = {
  name: 'slices-of-their-script',
  enforce: 'pre' as const,
  transform: (css: string, id: string) =>
    /\/noto-sans-(?:sc|arabic)\/wght\.css/.test(id)
      ? css.replace(
          /\/\* [\w-]+-(?:latin|latin-ext|cyrillic|vietnamese|math|symbols)-wght-normal \*\/\s*@font-face {[^}]*}/g,
          '',
        )
      : undefined,
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
      rollupOptions: { input: { index: join(page, 'index.html') } },
    },
    plugins: [react(), tailwindcss(), slicesOfTheirScript, addressesFromTheRoot],
  },
})
