/**
 * "feed:https://x.example/" and "feed://x.example/" are links that browsers once handed to a feed reader. Other addresses
 * stay as they are.
 * @param scheme that a "feed:" without http or https stands for
 * @returns the web address that such a link stands for
 */
export function withoutFeedScheme(address: string, scheme: 'http' | 'https'): string {
  return address.replace(/^feed:(?=https?:)/i, '').replace(/^feed:(\/\/)?/i, `${scheme}://`)
}
