// Which network an address belongs to, for limits and for the list of devices. Pure; understands IPv4, IPv6 and
// IPv4 written as IPv6 (::ffff:1.2.3.4), so that one machine never counts as two.
import { isIPv4, isIPv6 } from 'node:net'

/** What limits count by: an IPv4 address whole, an IPv6 address by its /64 (one household has 2^64 of them). */
export const limitedNetwork = (ip: string): string => network(ip, 4, 4)

/** What is stored and shown: /24 or /48, coarse enough not to name a person. */
export const coarseNetwork = (ip: string): string => network(ip, 3, 3)

function network(ip: string, v4Bytes: number, v6Groups: number): string {
  const bare = ip.split('%', 1)[0] ?? ''
  if (isIPv4(bare)) return v4(bare, v4Bytes)
  if (!isIPv6(bare)) return 'unknown'
  const groups = expand(bare)
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6)
    return v4([high >> 8, high & 255, low >> 8, low & 255].join('.'), v4Bytes)
  }
  const kept = groups.slice(0, v6Groups)
  while (kept.at(-1) === 0) kept.pop()
  return `${kept.map((group) => group.toString(16)).join(':')}::/${v6Groups * 16}`
}

const v4 = (ip: string, bytes: number): string =>
  bytes === 4 ? ip : `${ip.split('.').slice(0, bytes).join('.')}${'.0'.repeat(4 - bytes)}/${bytes * 8}`

/** The eight 16-bit groups of a valid IPv6 address. */
function expand(ip: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(ip)
  const text = dotted
    ? `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}`
    : ip
  const [left = '', right] = text.split('::')
  const head = left ? left.split(':') : []
  const tail = right ? right.split(':') : []
  const gap = right === undefined ? 0 : 8 - head.length - tail.length
  return [...head, ...Array.from({ length: gap }, () => '0'), ...tail].map((group) => Number.parseInt(group, 16))
}
