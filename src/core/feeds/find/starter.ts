import { z } from 'zod'
import list from '../../../../resources/starter-sources.json' with { type: 'json' }

const Kind = z.enum(['state', 'public', 'independent', 'wire', 'institution', 'unknown'])

/** '' is "unknown". INT stands for organisations of many states; other countries have no bloc. */
export const blocs = 'RU CN EU US UA UK TW IN GULF AF LATAM JP KR TR INT'.split(' ')

const StarterList = z.strictObject({
  note: z.string(),
  sources: z.array(
    z.strictObject({
      url: z.url({ protocol: /^https?$/ }),
      title: z.string().min(1).max(200),
      language: z.string().regex(/^[a-z]{2}$/),
      /** ISO 3166, where the newsroom is; EU for its institutions. */
      country: z.string().regex(/^[A-Z]{2}$/),
      bloc: z.enum(['', ...blocs]),
      kind: Kind,
    }),
  ),
})
export type StarterSource = z.infer<typeof StarterList>['sources'][number]
export type Suggestion = Pick<StarterSource, 'bloc' | 'country' | 'kind' | 'language'>

let sources: StarterSource[] | null = null

/** The feeds offered at the first start (resources/starter-sources.json); they were written down without a network to try them. */
export function starterSources(): StarterSource[] {
  sources ??= StarterList.parse(list).sources
  return sources
}

/**
 * Bloc, country, kind and language that an address suggests: those of the starter sources of the same site, else of the
 * domain's country.
 * @param url of a feed or a page
 * @returns '' and 'unknown' for what is not known; null where nothing is
 */
export function suggest(url: string): Suggestion | null {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : ''
  const all = starterSources()
  const same = all.filter((source) => source.url === url)
  const alike = same.length > 0 || manyTenants.has(host) ? same : all.filter(isOfSite(siteOf(host)))
  if (alike.length === 0) return fromDomain(host)
  const agreed = <T>(pick: (source: StarterSource) => T, otherwise: T): T => {
    const values = new Set(alike.map(pick))
    return values.size === 1 ? pick(alike[0]!) : otherwise
  }
  return {
    bloc: agreed((source) => source.bloc, ''),
    country: agreed((source) => source.country, ''),
    kind: agreed((source) => source.kind, 'unknown'),
    language: agreed((source) => source.language, ''),
  }
}

/** Hosts that carry the feeds of many outlets. */
const manyTenants = new Set(['feeds.feedburner.com'])

function isOfSite(site: string): (source: StarterSource) => boolean {
  return ({ url }) => {
    const host = new URL(url).hostname
    return !manyTenants.has(host) && siteOf(host) === site
  }
}

/** The registrable part of a host name: "bbci.co.uk" of "feeds.bbci.co.uk". Exact enough for a suggestion. */
function siteOf(host: string): string {
  const labels = host.split('.')
  const [second = '', top = ''] = labels.slice(-2)
  return labels
    .slice(top.length === 2 && /^(com?|org?|net?|gov?|gob|gouv|ac|edu)$/.test(second) ? -3 : -2)
    .join('.')
}

function fromDomain(host: string): Suggestion | null {
  const labels = host.split('.')
  const top = labels.at(-1) ?? ''
  if (labels.length < 2) return null
  const institution =
    /(^|\.)(gov|mil|int|(gov|mil|go|gob|gouv|gub|govt|gc|admin|bund)\.[a-z]{2}|europa\.eu)$/.test(host)
  const kind = institution ? 'institution' : 'unknown'
  const special = specialDomains[top]
  if (special !== undefined) return { ...special, kind, language: '' }
  if (top.length !== 2 || soldToAnyone.has(top)) return null
  const country = top === 'uk' ? 'GB' : top.toUpperCase()
  if (regionNames.of(country) === undefined) return null
  return { bloc: blocOf(country), country, kind, language: '' }
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

const specialDomains: Readonly<Record<string, { bloc: string; country: string }>> = {
  eu: { bloc: 'EU', country: 'EU' },
  gov: { bloc: 'US', country: 'US' },
  mil: { bloc: 'US', country: 'US' },
  int: { bloc: 'INT', country: '' },
  su: { bloc: 'RU', country: 'RU' },
  // Countries' names in their own letters: .рф, .укр, .中国, .中國, .香港, .台灣, .台湾, .한국, .ею, .ευ, .бг, .ελ
  'xn--p1ai': { bloc: 'RU', country: 'RU' },
  'xn--j1amh': { bloc: 'UA', country: 'UA' },
  'xn--fiqs8s': { bloc: 'CN', country: 'CN' },
  'xn--fiqz9s': { bloc: 'CN', country: 'CN' },
  'xn--j6w193g': { bloc: 'CN', country: 'HK' },
  'xn--kpry57d': { bloc: 'TW', country: 'TW' },
  'xn--kprw13d': { bloc: 'TW', country: 'TW' },
  'xn--3e0b707e': { bloc: 'KR', country: 'KR' },
  'xn--e1a4c': { bloc: 'EU', country: 'EU' },
  'xn--qxa6a': { bloc: 'EU', country: 'EU' },
  'xn--90ae': { bloc: 'EU', country: 'BG' },
  'xn--qxam': { bloc: 'EU', country: 'GR' },
}

/** Country domains that are sold to anyone for their sound: no sign of a country. */
const soldToAnyone = new Set(
  'ac ag ai am as bz cc cd cf co cx dj fm ga gg gl gq io is je la li ly me ml ms mu nu pm pn pw re sc sh so st tf tk tl to tv vc vg wf ws'.split(
    ' ',
  ),
)

const members: readonly (readonly [string, string])[] = [
  ['RU', 'RU'],
  ['CN', 'CN HK MO'],
  ['EU', 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'],
  ['US', 'US'],
  ['UA', 'UA'],
  ['UK', 'GB'],
  ['TW', 'TW'],
  ['IN', 'IN'],
  ['GULF', 'SA AE QA KW BH OM'],
  [
    'AF',
    'DZ AO BJ BW BF BI CV CM CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU MA MZ NA NE NG RW ST SN SC SL SO ZA SS SD TZ TG TN UG ZM ZW',
  ],
  ['LATAM', 'AR BO BR CL CO CR CU DO EC SV GT HT HN MX NI PA PY PE UY VE'],
  ['JP', 'JP'],
  ['KR', 'KR'],
  ['TR', 'TR'],
]

const blocByCountry = new Map(
  members.flatMap(([bloc, countries]) => countries.split(' ').map((country) => [country, bloc])),
)
const blocOf = (country: string): string => blocByCountry.get(country) ?? ''
