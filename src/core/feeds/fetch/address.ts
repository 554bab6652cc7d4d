import { BlockList, isIP } from 'node:net'

/**
 * Whether an IP address lies on this machine or in a private network: loopback, RFC 1918, link-local, shared (RFC 6598),
 * unique local, multicast, reserved; also where an IPv6 address leads to such an IPv4 address.
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  switch (isIP(bare)) {
    case 4:
      return privateIpv4.check(bare, 'ipv4')
    case 6:
      return (
        privateIpv6.check(bare, 'ipv6') ||
        embeddedIpv4(groupsOf(bare)).some((inner) => privateIpv4.check(inner, 'ipv4'))
      )
    default:
      return false
  }
}

/**
 * Whether the host of an address is private by its name alone, without a look-up.
 * @param hostname as URL.hostname gives it: IPv6 in brackets
 */
export function isPrivateName(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  return isPrivateAddress(bare) || /(^|\.)localhost$/i.test(bare)
}

// 198.18.0.0/15 (benchmarks) is left out on purpose: local proxies answer every look-up from it.
const ipv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
]
const ipv6: readonly (readonly [string, number])[] = [
  ['::', 127],
  // NAT64 prefixes for use within a network (RFC 8215): never reached from outside.
  ['64:ff9b:1::', 48],
  // Discarded (RFC 6666).
  ['100::', 64],
  ['fc00::', 7],
  // Link-local, and site-local above it.
  ['fe80::', 9],
  ['ff00::', 8],
]

const privateIpv4 = new BlockList()
for (const [net, prefix] of ipv4) privateIpv4.addSubnet(net, prefix, 'ipv4')
const privateIpv6 = new BlockList()
for (const [net, prefix] of ipv6) privateIpv6.addSubnet(net, prefix, 'ipv6')

/** The eight groups of an IPv6 address, however it is written. */
function groupsOf(address: string): number[] {
  // As URLs write it: no dotted part is left, and "::" stands for at least two groups.
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = written.split('::')
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const start = groups(head)
  const end = groups(tail ?? '')
  return [...start, ...Array<number>(8 - start.length - end.length).fill(0), ...end]
}

/** The IPv4 addresses that packets for an IPv6 address may be handed on to. */
function embeddedIpv4(groups: readonly number[]): string[] {
  const [a, b, c, d, e, f, g, h] = groups as [number, number, number, number, number, number, number, number]
  const found: string[] = []
  const add = (high: number, low: number): void => {
    found.push([high >> 8, high & 255, low >> 8, low & 255].join('.'))
  }
  if (a === 0 && b === 0 && c === 0 && d === 0) {
    // "::a.b.c.d" (once IPv4-compatible), "::ffff:a.b.c.d" (mapped), "::ffff:0:a.b.c.d" (translated, RFC 2765).
    const prefix = e * 0x10000 + f
    if (prefix === 0 || prefix === 0xffff || prefix === 0xffff0000) add(g, h)
  }
  // NAT64 (RFC 6052).
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0) add(g, h)
  // 6to4 (RFC 3056).
  if (a === 0x2002) add(b, c)
  // Teredo (RFC 4380): the server, and the client with its bits turned over.
  if (a === 0x2001 && b === 0) {
    add(c, d)
    add(g ^ 0xffff, h ^ 0xffff)
  }
  // ISATAP (RFC 5214), under any prefix.
  if ((e & 0xfdff) === 0 && f === 0x5efe) add(g, h)
  return found
}
