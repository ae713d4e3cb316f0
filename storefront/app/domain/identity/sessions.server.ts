// Sessions of people who are signed in. The token is 256 random bits that only the browser has; the database knows its
// SHA-256. Never reads the clock: `at` is handed in. Expired, ended and disabled look alike: there is no session.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newToken } from '#app/lib/ids.ts'
import { SessionModel, UserModel } from './models.server.ts'
import { coarseNetwork } from './network.ts'
import { type Person, toPerson } from './people.server.ts'
import { isStaff } from './roles.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const TOUCH_EVERY_SECONDS = MINUTE

/** Seconds a session lives without use, and at most (OWASP ASVS 7.3.1, 7.3.2). */
export const sessionLife = (role: string): { idle: number; absolute: number } =>
  isStaff(role) ? { idle: 30 * MINUTE, absolute: 12 * HOUR } : { idle: DAY, absolute: 30 * DAY }

/** `bySecondFactor`: a one-time code was given; without it the session of somebody who has one opens nothing. */
export type SessionOrigin = { ip: string; userAgent: string; bySecondFactor?: boolean }
/** Who a session belongs to, and whether it was opened with a one-time code. */
export type SessionPerson = Person & { bySecondFactor: boolean }

/** Opens a session for `userId` and returns its token, to be set as a cookie and kept nowhere else. */
export async function createSession(userId: string, origin: SessionOrigin, at: Date): Promise<string> {
  const user = await UserModel.query(db()).findById(userId).select('role').throwIfNotFound()
  const token = newToken()
  const life = sessionLife(user.role)
  await SessionModel.query(db()).insert({
    idHash: hashOf(token),
    userId,
    createdAt: at,
    lastSeenAt: at,
    idleExpiresAt: addSeconds(at, life.idle),
    absoluteExpiresAt: addSeconds(at, life.absolute),
    userAgent: origin.userAgent.slice(0, 300) || null,
    ipPrefix: coarseNetwork(origin.ip),
    secondFactorAt: origin.bySecondFactor ? at : null,
  })
  return token
}

/**
 * Who `token` belongs to at `at`, or null when it is unknown, ended, expired, its user disabled, or opened without the
 * one-time code that its user has set up, wherever that was forgotten. Marks the session as used, at most once a minute.
 */
export const findSession = (token: string, at: Date): Promise<SessionPerson | null> =>
  isToken(token) ? findSessionOf(hashOf(token), at) : Promise.resolve(null)

/** What a token of the API names its session by. It opens nothing by itself: it is the hash of what a cookie would hold. */
export const sessionIdOf = (token: string): string => hashOf(token).toString('base64url')

/** As findSession, by the id that a token of the API names; the caller has checked that token's signature. */
export const findSessionById = (id: string, at: Date): Promise<SessionPerson | null> =>
  isToken(id) ? findSessionOf(Buffer.from(id, 'base64url'), at) : Promise.resolve(null)

async function findSessionOf(idHash: Buffer, at: Date): Promise<SessionPerson | null> {
  // One statement, for every page asks it.
  const found = await UserModel.query(db())
    .alias('person')
    .join('sessions as session', 'session.userId', 'person.id')
    .leftJoin('secondFactors as factor', 'factor.userId', 'person.id')
    .where({ 'session.idHash': idHash, 'person.status': 'active' })
    .where((either) => either.whereNotNull('session.secondFactorAt').orWhereNull('factor.confirmedAt'))
    .select('person.*', 'session.lastSeenAt', 'session.idleExpiresAt', 'session.absoluteExpiresAt')
    .select('session.secondFactorAt')
    .select('session.createdAt as openedAt')
    .first()
    .castTo<(UserModel & Lifetime & { secondFactorAt: Date | null }) | undefined>()
  if (!found || isOver(found, found.role, at)) return null
  if (at.getTime() - found.lastSeenAt.getTime() >= TOUCH_EVERY_SECONDS * 1000)
    await SessionModel.query(db())
      .findById(idHash)
      .where('lastSeenAt', '<', at)
      .patch({ lastSeenAt: at, idleExpiresAt: addSeconds(at, sessionLife(found.role).idle) })
  return { ...toPerson(found), bySecondFactor: found.secondFactorAt !== null }
}

/** Ends the session of `token`; telling it twice does nothing. */
export async function endSession(token: string): Promise<void> {
  if (isToken(token)) await SessionModel.query(db()).deleteById(hashOf(token))
}

/** Ends all sessions of `userId` but the one of `keepToken` (all of them without it). Returns how many ended. */
export async function endOtherSessions(userId: string, keepToken?: string, knex: Knex = db()): Promise<number> {
  const ended = SessionModel.query(knex).delete().where({ userId })
  return keepToken && isToken(keepToken) ? ended.whereNot('idHash', hashOf(keepToken)) : ended
}

export type Device = {
  id: string
  userAgent: string | null
  network: string | null
  createdAt: Date
  lastSeenAt: Date
  current: boolean
}

/** Where `userId` is signed in at `at`, latest first; `current` marks the session of `token`. */
export async function listSessions(userId: string, token: string, at: Date): Promise<Device[]> {
  const user = await UserModel.query(db()).findById(userId).select('role')
  const sessions = await SessionModel.query(db()).where({ userId }).orderBy('lastSeenAt', 'desc').limit(50)
  const own = hashOf(token)
  return sessions
    .filter((session) => user && !isOver({ ...session, openedAt: session.createdAt }, user.role, at))
    .map((session) => ({
      id: publicIdOf(session.idHash),
      userAgent: session.userAgent,
      network: session.ipPrefix,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      current: session.idHash.equals(own),
    }))
}

/** Ends one session from the list of `userId`; false when it is not (or no longer) theirs. */
export async function endListedSession(userId: string, id: string): Promise<boolean> {
  const sessions = await SessionModel.query(db()).where({ userId }).select('idHash')
  const found = sessions.find((session) => publicIdOf(session.idHash) === id)
  return found ? (await SessionModel.query(db()).delete().where({ userId, idHash: found.idHash })) > 0 : false
}

/** Removes rows nobody can use any more; for a worker. Returns how many. */
export const sweepSessions = (at: Date, knex: Knex = db()): Promise<number> =>
  Promise.resolve(
    SessionModel.query(knex).delete().where('absoluteExpiresAt', '<', at).orWhere('idleExpiresAt', '<', at),
  )

type Lifetime = { openedAt: Date; lastSeenAt: Date; idleExpiresAt: Date; absoluteExpiresAt: Date }

// The role is asked anew: whoever was made staff since has a staff member's short session at once.
function isOver(session: Lifetime, role: string, at: Date): boolean {
  const life = sessionLife(role)
  const ends = [
    session.idleExpiresAt,
    session.absoluteExpiresAt,
    addSeconds(session.lastSeenAt, life.idle),
    addSeconds(session.openedAt, life.absolute),
  ]
  return ends.some((end) => end <= at)
}

const isToken = (token: string): boolean => token.length === 43 && /^[\w-]+$/.test(token)
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
/** What the list shows instead of the stored hash. */
const publicIdOf = (idHash: Buffer): string =>
  createHash('sha256').update('device').update(idHash).digest('hex').slice(0, 24)
