/** Codes of languages and countries, by what a person may write instead: a name, an older code, one of three letters. */

/**
 * The code that is meant by a name or another code: `Russia`, `rus`, `Россия`, `UK` as a country, `german`, `ger`, `ua` as a
 * language; undefined for what names none. Names and aliases are those of CLDR.
 */
export function codeOf(field: 'lang' | 'country', written: string): string | undefined {
  const name = written.toLowerCase()
  return field === 'lang' ? languageOf(name) : countryOf(name)
}

/** Whether stories may have this code, as it is stored (`en`, `zh-cn`, `GB`). */
export function isCode(field: 'lang' | 'country', code: string): boolean {
  const [main = ''] = code.split('-')
  if (field === 'lang') return nameOf('language', main) !== undefined && canonical(main) === main
  return (
    !NO_COUNTRIES.has(code) &&
    nameOf('region', code) !== undefined &&
    canonical(`und-${code}`) === `und-${code}`
  )
}

/** The English names of those that are offered, lower case, with their codes. */
export const namesOf = (field: 'lang' | 'country'): ReadonlyMap<string, string> =>
  field === 'lang' ? named('language', LANGUAGES, 'en') : named('region', COUNTRIES, 'en')

/** Whether a country has this name with an “and” in it: Bosnia and Herzegovina, Trinidad and Tobago. */
export function isNameOfCountry(name: string): boolean {
  withAnd ??= new Set(
    LETTERS.flatMap((one) => LETTERS.flatMap((two) => nameOf('region', one + two) ?? [])).flatMap(
      (full) => /\S+ & \S+/.exec(full)?.[0].replace('&', 'and').toLowerCase() ?? [],
    ),
  )
  return withAnd.has(name.toLowerCase())
}
let withAnd: ReadonlySet<string> | undefined
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Codes that CLDR names beside those of countries. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

function languageOf(name: string): string | undefined {
  const alias = /^[a-z]{2,3}$/.test(name) ? canonical(name) : undefined
  if (alias !== undefined && alias !== name) return alias
  return byName('language', LANGUAGES, name) ?? likely(`und-${name}`, name, 'language')
}

function countryOf(name: string): string | undefined {
  const code = name.toUpperCase()
  const alias = /^[A-Z]{2}$/.test(code) ? canonical(`und-${code}`)?.slice('und-'.length) : undefined
  if (alias !== undefined && alias !== code) return alias
  const three = THREE_LETTERS.indexOf(code)
  if (three >= 0) return COUNTRIES[three]
  const part = PARTS.get(name)
  return part ?? byName('region', COUNTRIES, name) ?? likely(name, name, 'region')
}

/** The language of a country's code, the country of a language's. */
function likely(tag: string, name: string, part: 'language' | 'region'): string | undefined {
  if (!/^[a-z]{2}$/.test(name)) return undefined
  try {
    const [own, other] =
      part === 'language' ? (['region', name.toUpperCase()] as const) : (['language', name] as const)
    if (nameOf(own, other) === undefined) return undefined
    return new Intl.Locale(tag).maximize()[part]
  } catch {
    return undefined
  }
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

type Type = 'language' | 'region'

/** The English name of a code; undefined for what is none. */
function nameOf(type: Type, code: string, locale = 'en'): string | undefined {
  const key = `${type} ${locale}`
  let names = NAMES.get(key)
  if (names === undefined) {
    names = new Intl.DisplayNames([locale], { type, fallback: 'none' })
    NAMES.set(key, names)
  }
  try {
    return names.of(code)
  } catch {
    return undefined
  }
}
const NAMES = new Map<string, Intl.DisplayNames>()

/** The code by its name in English, else in another of the languages that we know. */
function byName(type: Type, codes: readonly string[], name: string): string | undefined {
  for (const locale of ['en', ...LANGUAGES]) {
    const code = named(type, codes, locale).get(name)
    if (code !== undefined) return code
  }
  return undefined
}

function named(type: Type, codes: readonly string[], locale: string): ReadonlyMap<string, string> {
  const key = `${type} ${locale}`
  let names = BY_NAME.get(key)
  if (names === undefined) {
    names = new Map(
      codes.flatMap((code) => {
        const name = nameOf(type, code, locale)
        return name === undefined ? [] : [[name.toLowerCase(), code] as const]
      }),
    )
    BY_NAME.set(key, names)
  }
  return names
}
const BY_NAME = new Map<string, ReadonlyMap<string, string>>()

/** What is no country of its own, or has a longer name in CLDR. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['britain', 'GB'],
  ['great britain', 'GB'],
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['wales', 'GB'],
  ['america', 'US'],
  ['holland', 'NL'],
  ['turkey', 'TR'],
  ['uae', 'AE'],
  ['bosnia', 'BA'],
  ['macedonia', 'MK'],
  ['palestine', 'PS'],
  ['hong kong', 'HK'],
])

/** The languages and countries that are offered besides those of the sources. */
export const LANGUAGES =
  'ar be bg cs da de el en es et fa fi fr he hi hr hu id it ja ka kk ko lt lv nl no pl pt ro ru sk sl sr sv tr uk ur uz vi zh'.split(
    ' ',
  )
export const COUNTRIES =
  'AE AM AR AT AU AZ BA BE BG BR BY CA CH CN CY CZ DE DK EE EG ES FI FR GB GE GR HK HR HU IE IL IN IQ IR IT JP KP KR KZ LT LU LV MD ME MK MX NL NO NZ PL PS PT QA RO RS RU SA SE SI SK SY TR TW UA US UZ ZA'.split(
    ' ',
  )
/** The same of ISO 3166-1 alpha-3, in that order. */
const THREE_LETTERS =
  'ARE ARM ARG AUT AUS AZE BIH BEL BGR BRA BLR CAN CHE CHN CYP CZE DEU DNK EST EGY ESP FIN FRA GBR GEO GRC HKG HRV HUN IRL ISR IND IRQ IRN ITA JPN PRK KOR KAZ LTU LUX LVA MDA MNE MKD MEX NLD NOR NZL POL PSE PRT QAT ROU SRB RUS SAU SWE SVN SVK SYR TUR TWN UKR USA UZB ZAF'.split(
    ' ',
  )
