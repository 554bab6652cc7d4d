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
    plugins: [react(), tailwindcss(), addressesFromTheRoot],
  },
})
