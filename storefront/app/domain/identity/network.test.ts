import { isIP } from 'node:net'
import { describe, expect, it } from 'vitest'
import { coarseNetwork, limitedNetwork } from './network.ts'

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['::FFFF:cb00:7107', '203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8::/64', '2001:db8::/48'],
    ['fe80::1%eth0', 'fe80::/64', 'fe80::/48'],
    ['::1', '::/64', '::/48'],
  ])('%s counts as %s and is remembered as %s', (ip, limited, coarse) => {
    expect(isIP(ip.split('%')[0] ?? '')).not.toBe(0)
    expect(limitedNetwork(ip)).toBe(limited)
    expect(coarseNetwork(ip)).toBe(coarse)
  })

  it('does not let one household count as many', () => {
    const seen = new Set(Array.from({ length: 100 }, (_, i) => limitedNetwork(`2001:db8:1:2::${i.toString(16)}`)))
    expect([...seen]).toEqual(['2001:db8:1:2::/64'])
  })

  it.each(['', 'x', '1.2.3', '1.2.3.4, 5.6.7.8', '999.1.1.1'])('%j is one unknown network', (ip) => {
    expect(limitedNetwork(ip)).toBe('unknown')
  })
})
