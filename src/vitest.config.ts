import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'bench/**/*.test.ts', '.ci/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
