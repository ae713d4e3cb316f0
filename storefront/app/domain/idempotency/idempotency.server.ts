// Answers kept by Idempotency-Key for a day: the same request sent again gets the first answer and does nothing. Of a key only
// a hash is stored, and the answer (it may hold a payment's client secret) is encrypted with the key itself, so that nobody
// else can read it. A refused request frees its key again. Times are the database's own.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'

/** Longer than any request takes: when it is over, whoever held the key was killed. */
const leaseSeconds = 60

export type KeyedRequest = {
  /** Who asks: another person's key of the same letters is another key. */
  owner: string
  /** Method and path. */
  operation: string
  key: string
  body: string
  /** Whether doing it a second time after a crash has the same effect as doing it once. */
  repeatable: boolean
}
export type Kept = { status: number; body: string }
export type Lease = { idHash: Buffer; token: string; secret: Buffer }

const hash = (...parts: string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest()

/** One word for what a keyed request makes, 43 characters: a checkout or a refund made of it is one and the same. */
export const wordOf = ({ owner, operation, key }: Pick<KeyedRequest, 'owner' | 'operation' | 'key'>): string =>
  hash('made', owner, operation, key).toString('base64url')

/**
 * Takes the key for this request, or answers what it was answered before. Throws idempotency_mismatch (the key was used for
 * another body), idempotency_in_flight (the first request is at work, or was cut off in a way that may not be repeated).
 */
export async function takeKey(request: KeyedRequest): Promise<{ lease: Lease } | { kept: Kept }> {
  const idHash = hash('key', request.owner, request.operation, request.key)
  // By the key, as the answer: a body may hold a password, of which no plain hash may lie in a database.
  const bodyHash = hash('body', request.owner, request.operation, request.key, request.body)
  const lease = { idHash, token: newId(), secret: hash('answer', request.owner, request.operation, request.key) }
  const inserted = await db().raw<{ rows: unknown[] }>(
    `INSERT INTO idempotency_keys (id_hash, body_hash, lease_token, lease_until, expires_at)
     VALUES (?, ?, ?, now() + make_interval(secs => ?), now() + interval '24 hours')
     ON CONFLICT (id_hash) DO NOTHING RETURNING 1`,
    [idHash, bodyHash, lease.token, leaseSeconds],
  )
  if (inserted.rows.length > 0) return { lease }
  return transaction((trx) => takeKnown(trx, { ...request, bodyHash }, lease))
}

type Known = {
  bodyHash: Buffer
  answerStatus: number | null
  answerBody: string | null
  isOver: boolean
  isHeld: boolean
}

async function takeKnown(
  trx: Knex.Transaction,
  { bodyHash, repeatable }: { bodyHash: Buffer; repeatable: boolean },
  lease: Lease,
): Promise<{ lease: Lease } | { kept: Kept }> {
  const known: Known | undefined = await trx('idempotency_keys')
    .where({ idHash: lease.idHash })
    .forUpdate()
    .first(
      'bodyHash',
      'answerStatus',
      'answerBody',
      trx.raw('expires_at <= now() AS is_over, lease_until > now() AS is_held'),
    )
  // Freed between the two statements: the caller may simply send it again.
  if (!known) throw inFlight(1)
  if (!known.isOver) {
    if (!known.bodyHash.equals(bodyHash))
      throw new DomainError('idempotency_mismatch', 'This Idempotency-Key was used for another request. Use a new one.')
    if (known.answerStatus !== null && known.answerBody !== null)
      return { kept: { status: known.answerStatus, body: open(known.answerBody, lease.secret) } }
    if (known.isHeld) throw inFlight(1)
    if (!repeatable)
      throw new DomainError(
        'idempotency_in_flight',
        'The first request with this Idempotency-Key was cut off: it may have been done. Look, and use a new key if not.',
      )
  }
  await trx.raw(
    `UPDATE idempotency_keys SET body_hash = ?, lease_token = ?, lease_until = now() + make_interval(secs => ?),
       answer_status = NULL, answer_body = NULL, created_at = now(), expires_at = now() + interval '24 hours'
     WHERE id_hash = ?`,
    [bodyHash, lease.token, leaseSeconds, lease.idHash],
  )
  return { lease }
}

/** AES-256-GCM by a key that is not stored: `<iv>.<tag>.<text>`. */
function seal(body: string, secret: Buffer): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, iv)
  const text = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()])
  return [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.')
}

function open(sealed: string, secret: Buffer): string {
  const [iv = Buffer.of(), tag = Buffer.of(), text = Buffer.of()] = sealed
    .split('.')
    .map((part) => Buffer.from(part, 'base64url'))
  const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: 16 }).setAuthTag(tag)
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
}

const inFlight = (retryAfterSeconds: number) =>
  new DomainError('idempotency_in_flight', 'A request with this Idempotency-Key is being worked on. Ask again.', {
    retryAfterSeconds,
  })

/** Keeps the answer of what was done; whoever lost the lease meanwhile keeps nothing. */
export async function keepAnswer({ idHash, token, secret }: Lease, { status, body }: Kept): Promise<void> {
  await db()('idempotency_keys')
    .where({ idHash, leaseToken: token })
    .update({ answerStatus: status, answerBody: seal(body, secret), leaseToken: null, leaseUntil: null })
}

/** Frees the key: the request was refused and changed nothing. */
export async function freeKey({ idHash, token }: Lease): Promise<void> {
  await db()('idempotency_keys').where({ idHash, leaseToken: token, answerStatus: null }).delete()
}

/** Removes what is older than a day; for a worker. Answers how many. */
export const forgetOldKeys = async (knex: Knex = db()): Promise<number> =>
  knex('idempotency_keys').whereRaw('expires_at < now()').delete()
