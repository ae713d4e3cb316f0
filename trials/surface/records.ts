// What the journeys' shop has in its database: to know what a stranger might try, and that nothing came of it. Only reads.

import { fileURLToPath } from 'node:url'
import createKnex, { type Knex } from 'knex'
import { findRunningPostgres } from '../../local/postgres/postgres.ts'
import { databaseNames } from '../../migrations/databases.ts'

const dataDir = fileURLToPath(new URL('../../.data/journeys', import.meta.url))
let knex: Knex | undefined

export function records(): Knex {
  const running = findRunningPostgres(`${dataDir}/postgres`)
  if (!running) throw new Error('the shop of the journeys does not run')
  knex ??= createKnex({ client: 'pg', connection: running(databaseNames.storefront), pool: { min: 0, max: 2 } })
  return knex
}

export async function closeRecords(): Promise<void> {
  await knex?.destroy()
  knex = undefined
}

export const idOf = async (email: string): Promise<string> => (await records()('users').where({ email }).first('id')).id

/** An order, an address and the number of things of a person; the seeds gave them to everybody. */
export async function belongingsOf(email: string) {
  const userId = await idOf(email)
  const order = await records()('orders').where({ user_id: userId }).orderBy('id').first('id', 'number')
  const address = await records()('addresses').where({ user_id: userId }).first('id')
  if (!order || !address) throw new Error(`${email} has no order or no address`)
  return { userId, orderId: order.id as string, number: order.number as string, addressId: address.id as string }
}

/** Everything a post could change for these people, this order and a guest's cart, as one text to compare. */
export async function stateOf(userIds: string[], orderId: string, cartId: string | null = null): Promise<string> {
  const db = records()
  const carts = db('carts').where((either) => either.whereIn('user_id', userIds).orWhere({ id: cartId }))
  const rows = await Promise.all([
    db('users')
      .whereIn('id', userIds)
      .orderBy('id')
      .select('id', 'email', 'name', 'phone', 'password_hash', 'role', 'status'),
    db('addresses').whereIn('user_id', userIds).orderBy('id'),
    carts.clone().orderBy('id'),
    db('cart_items').whereIn('cart_id', carts.clone().select('id')).orderBy('id'),
    db('orders').whereIn('user_id', userIds).orderBy('id').select('id', 'status'),
    db('orders').where({ id: orderId }).select('id', 'status', 'updated_at'),
    db('refunds').where({ order_id: orderId }).orderBy('id').select('id', 'status'),
    db('sessions').whereIn('user_id', userIds).count(),
  ])
  return JSON.stringify(rows)
}
