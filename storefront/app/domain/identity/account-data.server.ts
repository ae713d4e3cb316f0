// What identity keeps about a person, for themselves to take along. Never a hash, a token or a secret.
import { db } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { type Address, listAddresses } from './addresses.server.ts'
import { SessionModel, UserModel } from './models.server.ts'
import { limitByAccount } from './rate-limit.server.ts'

export type AccountData = {
  profile: { email: string; emailConfirmedAt: Date | null; name: string; phone: string | null; memberSince: Date }
  addresses: Omit<Address, 'id'>[]
  devices: { browser: string | null; network: string | null; loggedInAt: Date; lastUsedAt: Date }[]
}

/** Profile, address book and devices of `userId`. Throws `not_found`, `rate_limited` (ten an hour). */
export async function getAccountData(userId: string): Promise<AccountData> {
  await limitByAccount('data', userId)
  const user = await UserModel.query(db()).findOne({ id: userId, status: 'active' })
  if (!user) throw notFound('This account')
  const [addresses, sessions] = await Promise.all([
    listAddresses(userId),
    SessionModel.query(db()).where({ userId }).orderBy('lastSeenAt', 'desc'),
  ])
  return {
    profile: {
      email: user.email,
      emailConfirmedAt: user.emailVerifiedAt,
      name: user.name,
      phone: user.phone,
      memberSince: user.createdAt,
    },
    addresses: addresses.map(({ id, ...address }) => address),
    devices: sessions.map((session) => ({
      browser: session.userAgent,
      network: session.ipPrefix,
      loggedInAt: session.createdAt,
      lastUsedAt: session.lastSeenAt,
    })),
  }
}
