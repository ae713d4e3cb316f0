// How often something may be tried, counted in Postgres so that all processes and restarts share one count. Guards that
// keep passwords fail closed: when the count cannot be read, nobody is let in. Times here are the store's own clock.
import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '#app/lib/db.server.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'
import { coarseNetwork, limitedNetwork } from './network.ts'

const DAY = 24 * 3600

/** Tries that cost nothing; from the next one on each needs a longer wait. */
const freeTries = 5
/** With waits of 1, 2, 4 … s up to half an hour, a day has room for some 65 failures: below NIST's 100. */
const longestWaitSeconds = 1800

/** Points an amount of time, per network (IPv4 address or IPv6 /64). */
const perNetwork = {
  login: { points: 100, duration: 15 * 60 },
  register: { points: 60, duration: 3600 },
  checkout: { points: 120, duration: 3600 },
  /** Orders that hold goods unpaid. */
  in_store: { points: 10, duration: DAY },
  /** Things kept in a store for somebody. */
  store_reservation: { points: 10, duration: DAY },
  order_lookup: { points: 30, duration: 15 * 60 },
  return: { points: 30, duration: 3600 },
  coupon: { points: 30, duration: 15 * 60 },
  reset: { points: 30, duration: 15 * 60 },
  /** By the link of a mail. */
  review: { points: 60, duration: 3600 },
  review_report: { points: 10, duration: 3600 },
} as const
export type LimitedAct = keyof typeof perNetwork

/** Points an amount of time, per account, order or e-mail address (only its hash is kept): mostly mails that somebody gets. */
const perAccount = {
  reset_mail: { points: 3, duration: 3600 },
  exists_mail: { points: 3, duration: DAY },
  verify_mail: { points: 5, duration: 3600 },
  change_mail: { points: 5, duration: 3600 },
  order_lookup: { points: 10, duration: 15 * 60 },
  collection_code: { points: 10, duration: 15 * 60 },
  /** Codes typed at a counter, by member of staff: many customers, no guessing of one in 700 million. */
  counter_code: { points: 120, duration: 15 * 60 },
  data: { points: 10, duration: 3600 },
  review: { points: 30, duration: 3600 },
  review_vote: { points: 120, duration: 3600 },
} as const
export type AccountAct = keyof typeof perAccount

type Limiters = ReturnType<typeof makeLimiters>
let limiters: Limiters | undefined

/** The limiters on `knex`; a second set on the same database counts together with the first. */
export function makeLimiters(knex = db()) {
  const limiter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient: knex,
      storeType: 'knex',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix,
      points,
      duration,
    })
  return {
    free: limiter('password_free', freeTries, DAY),
    steps: limiter('password_steps', 1_000, DAY),
    gate: limiter('password_gate', 1, 1),
    known: limiter('password_known', 1, 90 * DAY),
    networks: Object.fromEntries(
      Object.entries(perNetwork).map(([act, rule]) => [act, limiter(`net_${act}`, rule.points, rule.duration)]),
    ) as Record<LimitedAct, RateLimiterPostgres>,
    accounts: Object.fromEntries(
      Object.entries(perAccount).map(([act, rule]) => [act, limiter(`account_${act}`, rule.points, rule.duration)]),
    ) as Record<AccountAct, RateLimiterPostgres>,
  }
}

const ours = (): Limiters => {
  limiters ??= makeLimiters()
  return limiters
}

/** For tests and shutdown: the next use builds limiters on the database of that moment. */
export const forgetLimiters = (): void => {
  limiters = undefined
}

/** Counts one `act` from `ip`; throws `rate_limited` beyond what one network may do, `overloaded` when it cannot count. */
export async function limitByNetwork(act: LimitedAct, ip: string, on: Limiters = ours()): Promise<void> {
  await counted(on.networks[act].consume(limitedNetwork(ip)))
}

/** Counts one `act` of `account` (a user id or an e-mail address); throws `rate_limited`, `overloaded`. */
export async function limitByAccount(act: AccountAct, account: string, on: Limiters = ours()): Promise<void> {
  await counted(on.accounts[act].consume(hashed(account)))
}

/** The same for acts whose refusal must not be told: false beyond the limit. Throws `overloaded`. */
export async function isWithinLimit(act: AccountAct, account: string, on: Limiters = ours()): Promise<boolean> {
  try {
    await limitByAccount(act, account, on)
    return true
  } catch (error) {
    if (isDomainError(error, 'rate_limited')) return false
    throw error
  }
}

const hashed = (account: string): string => createHash('sha256').update(account).digest('base64url')

export type Attempt = {
  /** The password was right: the account's count starts anew and this network is known from now on. */
  succeeded: () => Promise<void>
}

/**
 * Takes one try at the password of `account` (an e-mail address or user id; only its hash is kept), counted before the
 * password is looked at, so that many at once cannot slip through. Throws `rate_limited` with seconds to wait.
 *
 * A network from which the account was entered before has a count of its own: strangers can slow down strangers, never
 * lock out the owner at home.
 */
export async function takePasswordAttempt(account: string, ip: string, on: Limiters = ours()): Promise<Attempt> {
  const name = hashed(account)
  const home = `${name}|${coarseNetwork(ip)}`
  const network = limitedNetwork(ip)
  await counted(on.networks.login.consume(network))
  const bucket = (await counted(on.known.get(home))) ? home : name
  await passGate(on, bucket)
  return {
    succeeded: async () => {
      await counted(
        Promise.all([
          on.free.delete(bucket),
          on.steps.delete(bucket),
          on.gate.delete(bucket),
          on.known.set(home, 1, 90 * DAY),
          on.networks.login.reward(network),
        ]),
      )
    },
  }
}

async function passGate(on: Limiters, bucket: string): Promise<void> {
  const free = await counted(on.free.consume(bucket).catch((refused) => (isRefusal(refused) ? null : fail(refused))))
  if (free) return
  const taken = (await counted(on.steps.get(bucket)))?.consumedPoints ?? 0
  // One statement lets exactly one through; the gate then stays shut for that try's wait.
  const wait = Math.min(2 ** taken, longestWaitSeconds)
  await counted(on.gate.consume(bucket, 1, { customDuration: wait }))
  await counted(on.steps.penalty(bucket))
}

const isRefusal = (reason: unknown): reason is RateLimiterRes => reason instanceof RateLimiterRes
const fail = (reason: unknown): never => {
  throw reason
}

/** A refusal becomes `rate_limited`; a store that cannot be asked becomes `overloaded`. */
async function counted<T>(question: Promise<T>): Promise<T> {
  try {
    return await question
  } catch (reason) {
    if (!isRefusal(reason))
      throw new DomainError('overloaded', 'We cannot check this right now. Please try again in a moment.', {
        retryAfterSeconds: 5,
      })
    const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000))
    throw new DomainError('rate_limited', `Too many tries. Please wait ${inWords(seconds)} and try again.`, {
      retryAfterSeconds: seconds,
    })
  }
}

const inWords = (seconds: number): string => {
  if (seconds < 90) return seconds === 1 ? 'a second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
