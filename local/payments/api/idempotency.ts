// Stripe's Idempotency-Key: the first answer is stored and given again for the same key and the same request.
// Never stores what did not begin: refusals of the request's shape, and conflicts with itself.
import { createHash } from 'node:crypto'
import type { Store } from '../store.ts'
import { StripeError } from './wire.ts'

const keptFor = 24 * 3600

export interface Answer {
  status: number
  body: Record<string, unknown>
  requestId: string
  replayed?: boolean
}

export class Idempotency {
  private readonly store: Store
  private readonly underWay = new Set<string>()

  constructor(store: Store) {
    this.store = store
  }

  /**
   * Runs `work` once per key. @param request method, path and body: what must be equal to use a key again
   * @throws StripeError when the key was used for another request, or is being used right now
   */
  async once(key: string | undefined, request: string, work: () => Promise<Answer>): Promise<Answer> {
    if (key === undefined) return work()
    if (key.length > 255) {
      throw new StripeError(400, 'idempotency_error', 'Idempotency keys may be at most 255 characters long.', {}, false)
    }
    const id = `idem_${createHash('sha256').update(key).digest('hex')}`
    const fingerprint = createHash('sha256').update(request).digest('hex')
    const earlier = this.store.find(id)
    if (earlier && earlier.created > this.store.now() - keptFor) {
      if (earlier.fingerprint !== fingerprint) throw otherParameters(key)
      return { ...(earlier.answer as Answer), replayed: true }
    }
    if (this.underWay.has(id)) throw inUse(key)
    this.underWay.add(id)
    try {
      const answer = await work()
      this.store.put({ id, object: '_answer', created: this.store.now(), fingerprint, answer })
      return answer
    } finally {
      this.underWay.delete(id)
    }
  }

  /** Forgets the answers older than a day. */
  prune(): void {
    for (const kept of this.store.list('_answer')) {
      if (kept.created <= this.store.now() - keptFor) this.store.remove(kept.id)
    }
  }
}

function otherParameters(key: string): StripeError {
  return new StripeError(
    400,
    'idempotency_error',
    `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    {},
    false,
  )
}

function inUse(key: string): StripeError {
  return new StripeError(
    409,
    'idempotency_error',
    `There is currently another in-progress request using this Idempotent Key (${key}). Please try again later.`,
    { code: 'idempotency_key_in_use' },
    false,
  )
}
