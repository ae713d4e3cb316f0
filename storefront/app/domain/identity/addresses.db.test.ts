import '../../../test/database.ts'

import { beforeEach, describe, expect, it } from 'vitest'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { forgetRows } from '../../../test/forget.ts'
import {
  addressInput,
  createAddress,
  deleteAddress,
  getAddress,
  listAddresses,
  setDefaultAddress,
  updateAddress,
} from './addresses.server.ts'

const typed = {
  fullName: 'Alice',
  company: '',
  line1: '1 Mill Lane',
  line2: '',
  city: 'Dublin',
  region: '',
  postcode: 'D02 X285',
  country: 'IE',
  phone: '',
}
let alice: string
let bob: string
const me = () => by(`user:${alice}`)
const add = (userId: string, more: Record<string, unknown> = {}) =>
  createAddress({ ...addressInput.parse({ ...typed, ...more }), userId }, me())
const defaultsOf = async (userId: string) => {
  const rows = await listAddresses(userId)
  return {
    shipping: rows.filter((row) => row.isDefaultShipping).map(({ id }) => id),
    billing: rows.filter((row) => row.isDefaultBilling).map(({ id }) => id),
  }
}

beforeEach(async () => {
  await forgetRows('users')
  alice = newId()
  bob = newId()
  await db()('users').insert([
    { id: alice, email: 'alice@example.com', name: 'Alice' },
    { id: bob, email: 'bob@example.com', name: 'Bob' },
  ])
})

describe('the address book', () => {
  it('makes the first address the default for both', async () => {
    const first = await add(alice)
    await add(alice)
    expect(await defaultsOf(alice)).toEqual({ shipping: [first.id], billing: [first.id] })
    expect(Object.keys(first)).not.toContain('userId')
  })

  it('changes an address and keeps it the default until another takes its place', async () => {
    const first = await add(alice)
    const changed = await updateAddress(
      { ...addressInput.parse({ ...typed, city: 'Cork', postcode: 'T12 X70A' }), userId: alice, addressId: first.id },
      me(),
    )
    expect(changed).toMatchObject({ city: 'Cork', postcode: 'T12 X70A', isDefaultShipping: true })
    const second = await add(alice, { isDefaultShipping: 'on' })
    expect(await defaultsOf(alice)).toEqual({ shipping: [second.id], billing: [first.id] })
  })

  it('hands a deleted default to the latest that is left', async () => {
    const first = await add(alice)
    const second = await add(alice)
    await deleteAddress({ userId: alice, addressId: first.id }, me())
    expect(await defaultsOf(alice)).toEqual({ shipping: [second.id], billing: [second.id] })
    await deleteAddress({ userId: alice, addressId: second.id }, me())
    expect(await listAddresses(alice)).toEqual([])
  })

  it('has one default of a kind, however many are asked for at once', async () => {
    const rows = await Promise.all(Array.from({ length: 6 }, () => add(alice, { isDefaultShipping: true })))
    expect((await defaultsOf(alice)).shipping).toHaveLength(1)
    await Promise.all(
      [...rows, ...rows].map(({ id }, index) =>
        setDefaultAddress({ userId: alice, addressId: id, kind: index % 2 ? 'billing' : 'shipping' }, me()),
      ),
    )
    const defaults = await defaultsOf(alice)
    expect(defaults.shipping).toHaveLength(1)
    expect(defaults.billing).toHaveLength(1)
  })

  it('shows somebody else’s address as one that does not exist, at every verb', async () => {
    const theirs = await add(bob)
    const input = { ...addressInput.parse({ ...typed, city: 'Taken over' }), userId: alice }
    for (const addressId of [theirs.id, newId(), '', 'x', `${theirs.id}' OR 1=1 --`, theirs.id.toUpperCase()]) {
      const gone = { code: 'not_found', message: 'This address was not found.' }
      await expect(getAddress(alice, addressId)).rejects.toMatchObject(gone)
      await expect(updateAddress({ ...input, addressId }, me())).rejects.toMatchObject(gone)
      await expect(deleteAddress({ userId: alice, addressId }, me())).rejects.toMatchObject(gone)
      for (const kind of ['shipping', 'billing'] as const)
        await expect(setDefaultAddress({ userId: alice, addressId, kind }, me())).rejects.toMatchObject(gone)
    }
    expect(await listAddresses(bob)).toEqual([theirs])
    expect(await listAddresses(alice)).toEqual([])
  })

  it('never takes owner, id or dates from what is sent', async () => {
    for (const name of ['id', 'userId', 'user_id', 'createdAt', '#id', '#ref', '#dbRef', '#delete'])
      expect(addressInput.safeParse({ ...typed, [name]: bob }).success, name).toBe(false)
    const sneaky = { ...addressInput.parse(typed), userId: alice, id: bob, createdAt: new Date(0) }
    const made = await createAddress(sneaky, me())
    expect(made.id).not.toBe(bob)
    const mine = { ...addressInput.parse(typed), userId: alice, addressId: made.id, id: newId(), user_id: bob }
    await updateAddress(mine, me())
    expect(await listAddresses(alice)).toHaveLength(1)
    expect(await listAddresses(bob)).toHaveLength(0)
  })

  it('holds fifty addresses and says so', async () => {
    await Promise.all(Array.from({ length: 50 }, () => add(alice)))
    await expect(add(alice)).rejects.toMatchObject({ code: 'conflict' })
    await expect(add(bob)).resolves.toBeDefined()
  })

  it('gives up its rows with the account it belongs to', async () => {
    await add(alice)
    await db()('users').where({ id: alice }).delete()
    expect(await db()('addresses')).toEqual([])
    await expect(add(alice)).rejects.toMatchObject({ code: 'not_found' })
  })
})
