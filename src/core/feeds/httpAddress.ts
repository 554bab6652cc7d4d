/** The address where it leads to the web; '' for every other scheme and for what is no address. */
export function httpAddress(written: string): string {
  const url = URL.parse(written)
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : ''
}
