import '../../../test/database.ts'
import { beforeEach, expect, test } from 'vitest'
import { createAddress, listAddresses } from '#app/domain/identity/addresses.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { startClock } from '../../../test/clock.ts'
import { readDeliveryAddress } from './delivery-address.server.ts'

const now = startClock()
const typed = {
  fullName: 'Alice Moore',
  line1: '1 Main Street',
  postcode: 'd02x285',
  city: 'Dublin',
  country: 'IE',
  billingSame: 'on',
}
const home = {
  fullName: 'Alice Moore',
  company: null,
  line1: '12 High Street',
  line2: null,
  city: 'Berlin',
  region: null,
  postcode: '10115',
  country: 'DE',
  phone: null,
  isDefaultShipping: false,
  isDefaultBilling: false,
}
let [alice, bob] = ['', '']
beforeEach(async () => {
  ;[alice, bob] = [newId(), newId()]
  for (const id of [alice, bob]) await db()('users').insert({ id, email: `${id}@example.com`, name: 'Somebody' })
})

test('a typed address is tidied as its country writes it', async () => {
  const { address, billingAddress } = await readDeliveryAddress(typed, undefined, now())
  expect(address).toMatchObject({ postcode: 'D02 X285', country: 'IE', company: null })
  expect(billingAddress).toBeNull()
})

test('what is wrong is told at its field, of both addresses at once', async () => {
  const wrong = { ...typed, line1: ' ', billingSame: '', 'billing.country': 'DE', 'billing.postcode': '1' }
  await expect(readDeliveryAddress(wrong, undefined, now())).rejects.toMatchObject({
    code: 'validation_failed',
    extra: {
      fields: {
        line1: ['Enter street and number.'],
        'billing.fullName': [expect.any(String)],
        'billing.line1': ['Enter street and number.'],
      },
    },
  })
})

test('a different billing address is asked for when its fields were not shown yet', async () => {
  const { billingSame: _, ...unticked } = typed
  expect(await readDeliveryAddress(unticked, undefined, now())).toMatchObject({
    asksBilling: true,
    billingAddress: null,
  })
})

test("an address of the own book is taken; somebody else's is not found, for accounts and guests alike", async () => {
  const own = await createAddress({ ...home, userId: alice }, now())
  const pick = { addressId: own.id, billingSame: 'on' }
  const { address } = await readDeliveryAddress(pick, alice, now())
  expect(address).toMatchObject({ line1: '12 High Street', country: 'DE' })
  expect(address).not.toHaveProperty('id')
  for (const stranger of [bob, undefined])
    await expect(readDeliveryAddress(pick, stranger, now())).rejects.toMatchObject({ code: 'not_found' })
})

test('a typed address goes into the book only when asked to', async () => {
  await readDeliveryAddress(typed, alice, now())
  expect(await listAddresses(alice)).toHaveLength(0)
  await readDeliveryAddress({ ...typed, saveAddress: 'on' }, alice, now())
  expect((await listAddresses(alice)).map(({ line1 }) => line1)).toEqual(['1 Main Street'])
})
