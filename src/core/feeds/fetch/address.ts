import { BlockList, isIP } from 'node:net'

/**
 * Whether an IP address lies on this machine or in a private network: loopback, RFC 1918, link-local, shared (RFC 6598),
 * unique local, multicast, reserved; also inside IPv4-mapped, NAT64 and 6to4 addresses.
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  const family = isIP(bare)
  return family !== 0 && privateNetworks.check(bare, family === 6 ? 'ipv6' : 'ipv4')
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
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
]

const privateNetworks = new BlockList()
for (const [net, prefix] of ipv4) {
  privateNetworks.addSubnet(net, prefix, 'ipv4')
  const [a = 0, b = 0, c = 0, d = 0] = net.split('.').map(Number)
  const high = (a * 256 + b).toString(16)
  const low = (c * 256 + d).toString(16)
  privateNetworks.addSubnet(`::ffff:${high}:${low}`, 96 + prefix, 'ipv6')
  privateNetworks.addSubnet(`64:ff9b::${high}:${low}`, 96 + prefix, 'ipv6')
  privateNetworks.addSubnet(`2002:${high}:${low}::`, 16 + prefix, 'ipv6')
}
for (const [net, prefix] of ipv6) privateNetworks.addSubnet(net, prefix, 'ipv6')
