/** The text of an XML file in the encoding its byte order mark or declaration names; UTF-8 where it names none. */
export function decodeXml(bytes: Uint8Array): string {
  const marked = { 'fe ff': 'utf-16be', 'ff fe': 'utf-16le' }[hex(bytes.subarray(0, 2))]
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const named = /^\s*(?:ï»¿)?<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1]
  try {
    return new TextDecoder(marked ?? named ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
