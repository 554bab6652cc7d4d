import fc from 'fast-check'

/**
 * Property tests draw the same cases in every run, so that what fails was caused by the change at hand. Other cases:
 * WIREWATCH_SEED=… npm run unit, or the benchmarks agreement and fuzz, which draw many more.
 */
fc.configureGlobal({ seed: Number(process.env.WIREWATCH_SEED ?? 20_250_509) })
