import '../../../test/settings.ts'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isOrderToken, orderTokenFor, orderTokenHash } from '#app/domain/orders/access.server.ts'
import { env } from '#app/env.server.ts'
import { newId } from '#app/lib/ids.ts'

describe('the secret link of an order', () => {
  const id = newId()
  const order = { id, accessTokenHash: orderTokenHash(id) }

  test('opens its own order and no other', () => {
    const other = newId()
    expect(isOrderToken(order, orderTokenFor(id))).toBe(true)
    expect(isOrderToken({ id: other, accessTokenHash: orderTokenHash(other) }, orderTokenFor(id))).toBe(false)
  })

  test.each(['', ' ', 'null', 'x'.repeat(43), orderTokenFor(newId()), id, orderTokenHash(id).toString('base64url')])(
    'an empty, guessed or foreign word opens nothing: “%s”',
    (word) => expect(isOrderToken(order, word)).toBe(false),
  )

  test('is 256 bits of which only the hash is stored', () => {
    expect(Buffer.from(orderTokenFor(id), 'base64url')).toHaveLength(32)
    expect(orderTokenHash(id)).toEqual(createHash('sha256').update(orderTokenFor(id)).digest())
  })

  test('still opens when the session secret is rotated', () => {
    const written = orderTokenFor(id)
    const secrets = env().SESSION_SECRET
    secrets.unshift('a-new-test-key-0123456789-abcdefghijkl')
    try {
      expect(orderTokenFor(id)).not.toBe(written)
      expect(isOrderToken(order, written)).toBe(true)
      expect(isOrderToken(order, orderTokenFor(id))).toBe(true)
    } finally {
      secrets.shift()
    }
  })
})
