/** Addresses: relative ones made absolute, and one spelling for the many that lead to the same story. */

/** What the HTTP answer states about a document. */
export interface Surroundings {
  /** Base of relative addresses; '' where none is known. */
  readonly base: string
  readonly language: string
}

/** Servers and browsers take addresses up to about this length (RFC 9110 recommends 8,000); longer ones are an attack. */
export const LONGEST_ADDRESS = 8192

/**
 * An address made absolute where a base is known, otherwise as written; '' for schemes that run code, however they are
 * spelled. What was escaped once too often is no part of it, and a host that stands alone ("www.quay.example/7") is no path.
 */
export function absolute(written: string, base: string): string {
  const trimmed = written.trim().replace(/&(?:amp|#0?38|#x26);/gi, '&')
  const address = LONE_HOST.test(trimmed) ? `https://${trimmed}` : trimmed
  const scheme = schemeOf(address)
  if (scheme !== '') return /^(?:javascript|vbscript|data)$/.test(scheme) ? '' : address
  if (address === '' || base === '' || base.length + address.length > LONGEST_ADDRESS) return address
  return URL.parse(address, base)?.href ?? address
}

const LONE_HOST = /^www\.[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:[:/?#]|$)/iu

/**
 * The scheme of an address in lower case; '' of a relative one. Browsers pass over control characters wherever they stand:
 * "java\nscript:" runs.
 */
export function schemeOf(address: string): string {
  const bare = address.replace(/[\0-\x20\x7f]/g, '')
  return /^([a-z][a-z0-9+.-]*):/i.exec(bare.slice(0, 100))?.[1]?.toLowerCase() ?? ''
}

/**
 * The address by which two items are recognised as the same story, or '' where it is not http(s): https, the host without
 * "www.", "m." and "amp.", the path without AMP's marks and a closing slash, no fragment (but "#!" and "#/" routes), no
 * tracking or session parameters, the others in order. Redirects of Google Alerts, Google News search, Facebook and AMP caches are
 * unwrapped. For comparing, not for opening.
 */
export function canonicalUrl(url: string): string {
  const parsed = url === '' || url.length > LONGEST_ADDRESS ? null : URL.parse(url.trim())
  if (parsed === null) return ''
  let address = parsed
  for (let hops = 0; hops < 4; hops++) {
    const inner = redirectTarget(address)
    if (inner === undefined) break
    address = inner
  }
  if (!/^https?:$/.test(address.protocol) || address.hostname === '') return ''
  const host = address.hostname
    .replace(/\.$/, '')
    .replace(/^(?:(?:www\d?|m|mobile|mobil|amp|touch|wap)\.)+(?=[^.]+\.)/, '')
  const port = address.port === '' ? '' : `:${address.port}`
  const path = address.pathname
    .replace(/;(?:jsessionid|phpsessid|sessionid)=[^/;]*/gi, '')
    .replace(/\/{2,}/g, '/')
    .replace(/^\/amp(?=\/)/, '')
    .replace(/\/amp(?:\.html)?\/?$/, '')
    .replace(/\.amp(?=\.html?$|$)/, '')
    .replace(/\/$/, '')
  const kept = [...address.searchParams].filter(([name, value]) => !isTracking(name.toLowerCase(), value))
  kept.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
  const query = kept.length === 0 ? '' : `?${new URLSearchParams(kept)}`
  const route = /^#(?:!|\/)./.test(address.hash) ? address.hash : ''
  return `https://${host}${port}${path}${query}${route}`
}

/** True if an address names the front page of a site, or none. */
export function isFrontPage(url: string): boolean {
  const parsed = URL.parse(canonicalUrl(url))
  return parsed === null || (parsed.pathname.length <= 1 && parsed.search === '' && parsed.hash === '')
}

const TRACKING = new Set(
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi ' +
    'hsctatracking vero_id vero_conv oly_anon_id oly_enc_id ref_src ref_url cmpid cmp ncid ocid icid sr_share ito smid smtyp ' +
    'ns_mchannel ns_source ns_campaign ns_linkname ns_fee at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 ' +
    'xtor spm from_source feature guccounter guce_referrer guce_referrer_sig soc_src soc_trk wt_mc wt_zmc _ga _gl epik srsltid s_cid ' +
    'ftag rss utm share_source traffic_source cid_source piwik_campaign pk_campaign pk_kwd pk_source pk_medium mtm_campaign ' +
    'mtm_source mtm_medium fb_action_ids fb_action_types fb_source action_object_map action_type_map'
  ).split(' '),
)

function isTracking(name: string, value: string): boolean {
  if (TRACKING.has(name) || name.startsWith('utm_') || name.startsWith('at_') || name.startsWith('hsa_'))
    return true
  if (name === 'amp') return true
  if (SESSION.test(name)) return true
  if (name === 'outputtype') return value === 'amp'
  // "ref=rss", "source=feed": where the reader came from, not what is read.
  return (
    /^(?:ref|source|src|from|via|medium|partner|output)$/.test(name) &&
    /^(?:rss|feed|atom|amp|xml|twitter|facebook|newsletter)/i.test(value)
  )
}

/** A session names its visitor, and is new at every fetch. */
const SESSION =
  /^(?:phpsessid|jsessionid|aspsessionid\w*|asp\.net_sessionid|cfid|cftoken|session_?id|sessid|osessid)$/

/** The target of a redirecting address that holds it in itself. */
function redirectTarget(address: URL): URL | undefined {
  const { hostname, pathname, searchParams } = address
  let inner: string | null = null
  if (/(?:^|\.)google\.[a-z.]{2,6}$/.test(hostname)) {
    if (pathname === '/url') inner = searchParams.get('url') ?? searchParams.get('q')
    else if (pathname.startsWith('/amp/')) inner = ampTarget(pathname.slice('/amp/'.length))
    else if (pathname === '/news/url') inner = searchParams.get('url')
  } else if (/^lm?\.facebook\.com$/.test(hostname) && pathname === '/l.php') inner = searchParams.get('u')
  else if (/(?:^|\.)bing\.com$/.test(hostname) && pathname === '/news/apiclick.aspx')
    inner = searchParams.get('url')
  else if (hostname === 'out.reddit.com') inner = searchParams.get('url')
  else if (hostname.endsWith('.cdn.ampproject.org'))
    inner = ampTarget(pathname.replace(/^\/[a-z](?:\/[a-z])?\//, ''))
  if (inner === null || !/^https?:\/\//i.test(inner)) return undefined
  return URL.parse(inner) ?? undefined
}

function ampTarget(rest: string): string {
  return rest.startsWith('s/') ? `https://${rest.slice(2)}` : `http://${rest}`
}
