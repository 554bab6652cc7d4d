import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'src/**/*.test.ts',
      'src/**/*.test.tsx',
      'bench/**/*.test.ts',
      'e2e/**/*.test.ts',
      '.ci/**/*.test.ts',
    ],
    // No test changes what another file's test could see; a worker a file would cost ten seconds.
    isolate: false,
    // All processors: left alone, Vitest keeps one of them free, which on two means one file after another.
    maxWorkers: '100%',
    // Vitest empties style sheets unless told not to; a test reads this one.
    css: { include: [/tokens\.css/] },
    setupFiles: ['src/vitest.setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
