/**
 * What Chromium would ask of the network by itself, and how that is switched off: nothing leaves the machine but what
 * the page's Settings list (src/renderer/settings/leaves.ts). The engine's requests to the sources do not go through Chromium.
 */
import type { App, Session } from 'electron'

/** A port that Chromium itself refuses to connect to ("discard"): what is sent there leads nowhere. */
const NOWHERE = '127.0.0.1:9'
/** Where Chromium has its dictionaries. */
const DICTIONARIES = 'https://redirector.gvt1.com/edgedl/chrome/dict/'
/** The hosts of that address, and of those that it leads on to. */
const DICTIONARY_HOSTS = '*.gvt1.com'

/** True if a dictionary for spelling may be at the address. */
export function isDictionary(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' && hostname.endsWith(DICTIONARY_HOSTS.slice(1))
}

/** Switches that are set before Electron is ready. Some name services that Electron leaves out: an update may bring them. */
const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  // Component updates, safe browsing's lists, network time, variations, the check for captive portals.
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-client-side-phishing-detection'],
  ['disable-default-apps'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['disable-sync'],
  ['metrics-recording-only'],
  ['no-pings'],
  ['no-first-run'],
  ['dns-prefetch-disable'],
  [
    'disable-features',
    [
      'AutofillServerCommunication',
      'CertificateTransparencyComponentUpdater',
      'DialMediaRouteProvider',
      'DnsOverHttps',
      'InterestFeedContentSuggestions',
      'MediaRouter',
      'NetworkTimeServiceQuerying',
      'OptimizationHints',
      'Reporting',
      'NetworkErrorLogging',
      'Translate',
      'UserAgentClientHint',
    ].join(','),
  ],
]

/** To be called before Electron is ready. */
export function silenceChromium(commandLine: App['commandLine']): void {
  for (const [name, value] of SWITCHES)
    if (value === undefined) commandLine.appendSwitch(name)
    else commandLine.appendSwitch(name, value)
}

/**
 * To be called as a session is made (`session-created`), before Electron looks for dictionaries: with the checker off, and
 * with no language, it would still fetch them at the start.
 * @param languages those to check spelling in; none switches the checker off, and its dictionaries' address leads nowhere
 */
export function silenceSession(session: Session, languages: readonly string[]): void {
  session.setSpellCheckerDictionaryDownloadURL(languages.length === 0 ? `http://${NOWHERE}/` : DICTIONARIES)
  session.setSpellCheckerEnabled(languages.length > 0)
  session.setSpellCheckerLanguages(languagesOf(session, languages))
}

/**
 * To be called once Electron is ready: no name is resolved over HTTPS at a third party, and what Chromium asks by itself in
 * the page's session has a proxy that is not there. The page's own files need none.
 * @param spelling the person chose to have spelling checked: dictionaries alone may pass
 */
export async function silenceNetwork(app: App, pageSession: Session, spelling: boolean): Promise<void> {
  app.configureHostResolver({ secureDnsMode: 'off', enableAdditionalDnsQueryTypes: false })
  await pageSession.setProxy({
    mode: 'fixed_servers',
    // A host and a port, and no path: with one, Chromium would know no proxy in it.
    proxyRules: NOWHERE,
    ...(spelling ? { proxyBypassRules: DICTIONARY_HOSTS } : {}),
  })
}

/** Of the person's languages those that there are dictionaries for: 'de-CH' is checked as 'de'. */
function languagesOf(session: Session, wanted: readonly string[]): string[] {
  const available = new Set(session.availableSpellCheckerLanguages)
  const known = wanted.flatMap((language) => {
    const one = [language, language.split('-')[0] ?? ''].find((tag) => available.has(tag))
    return one === undefined ? [] : [one]
  })
  return [...new Set(known)]
}
