/**
 * What is asked of a story for each theme of the built-in pack, by the names of its concepts. A relation asks what stands
 * between its two sides; any other theme asks which words of its own stand together. A theme that is not here, as a
 * person's own, is asked what every theme is: where its query's words stand and how much of the story they are.
 */
export interface Shape {
  readonly sides?: readonly [Side, Side]
  /** Concepts that mean more when they stand in one sentence. */
  readonly pairs?: readonly (readonly [string, string])[]
}

export type Side = keyof typeof SIDES

/** The actors whose dealings the relations are, each with the concept of everything on its side. */
export const SIDES = {
  russia: 'russia-side',
  china: 'china-side',
  us: 'us-side',
  eu: 'eu-side',
  ukraine: 'ukraine-side',
  taiwan: 'taiwan',
} as const

export const SHAPES: Readonly<Record<string, Shape>> = {
  'russia-china': { sides: ['russia', 'china'] },
  'us-china': { sides: ['us', 'china'] },
  'us-russia': { sides: ['us', 'russia'] },
  'eu-china': { sides: ['eu', 'china'] },
  'eu-us': { sides: ['eu', 'us'] },
  'eu-russia': { sides: ['eu', 'russia'] },
  summits: {
    pairs: [
      ['leader-names', 'meeting-words'],
      ['leader-names', 'leader-names'],
      ['leader-titles', 'meeting-words'],
      ['leader-names', 'countries'],
      ['visiting', 'countries'],
      ['leader-names', 'capitals'],
      ['leader-names', 'leader-titles'],
      ['leader-names', 'calls'],
      ['leader-names', 'letters'],
      ['leader-titles', 'leader-titles'],
    ],
  },
  taiwan: {
    pairs: [
      ['taiwan', 'china-side'],
      ['taiwan', 'us-side'],
      ['taiwan', 'taiwan-affairs'],
      ['taiwan', 'war-words'],
      ['taiwan', 'countries'],
      ['taiwan', 'leader-titles'],
    ],
  },
  'energy-trade': {
    pairs: [
      ['energy-goods', 'countries'],
      ['energy-goods', 'energy-flow'],
      ['oil-words', 'countries'],
      ['oil-words', 'market-words'],
      ['energy-goods', 'war-words'],
      ['oil-words', 'war-words'],
      ['straits', 'countries'],
      ['oil-words', 'energy-flow'],
      ['energy-companies', 'countries'],
    ],
  },
  sanctions: {
    pairs: [
      ['sanctions', 'countries'],
      ['restricting', 'exporting'],
      ['restricting', 'countries'],
      ['rare-earths', 'restricting'],
      ['trade-bans', 'countries'],
      ['sanctions', 'us-side'],
      ['sanctions', 'eu-side'],
      ['freezing', 'assets'],
    ],
  },
  tariffs: {
    pairs: [
      ['tariffs', 'countries'],
      ['trade-talks', 'countries'],
      ['tariffs', 'market-words'],
      ['trade-talks', 'us-side'],
      ['tariffs', 'us-side'],
      ['levies', 'imports'],
    ],
  },
  'tech-controls': {
    pairs: [
      ['chipmakers', 'restricting'],
      ['chips', 'countries'],
      ['chips', 'exporting'],
      ['rare-earths', 'restricting'],
      ['chips', 'us-side'],
      ['chips', 'china-side'],
      ['chipmakers', 'china-side'],
      ['chipmakers', 'us-side'],
      ['tech-goods', 'restricting'],
      ['chips', 'sanctions'],
    ],
  },
  'ukraine-war': {
    pairs: [
      ['ukraine-side', 'war-words'],
      ['ukraine-side', 'russia-side'],
      ['russia-side', 'war-words'],
      ['ukraine-side', 'war-support'],
      ['ukraine-side', 'us-side'],
      ['ukraine-places', 'war-words'],
      ['ukraine-side', 'eu-side'],
      ['ukraine-side', 'meeting-words'],
    ],
  },
  'ww2-memory': {
    pairs: [
      ['ww2-names', 'commemoration'],
      ['victory-parade', 'leader-names'],
      ['commemoration', 'leader-names'],
      ['ww2-names', 'countries'],
    ],
  },
  'foreign-fighters': {
    pairs: [
      ['foreign-fighters', 'ukraine-side'],
      ['foreign-fighters', 'russia-side'],
      ['foreign-origins', 'fighting-abroad'],
      ['recruiting', 'armies-there'],
      ['other-countries', 'fighting-abroad'],
      ['north-korea', 'ukraine-side'],
      ['north-korea', 'russia-side'],
    ],
  },
  brics: {
    pairs: [
      ['brics', 'leader-names'],
      ['brics', 'countries'],
      ['brics', 'bloc-words'],
    ],
  },
}
