/** The one setting that events are made with, as `node src/launch/preflight.js bench/learn/events.ts` writes it. */
import type { Setting } from './clusterer.ts'
import { FEATURES } from './likeness.ts'
import learnt from './weights.json' with { type: 'json' }

/** @throws Error where weights.json was written for other features */
export function frozenSetting(): Setting {
  if (learnt.features.join() !== FEATURES.join())
    throw new Error('weights.json is of other features: bench/learn/events.ts writes it anew.')
  const { nearest, join, merge, days, weights } = learnt
  return { nearest, join, merge, days, weights }
}
