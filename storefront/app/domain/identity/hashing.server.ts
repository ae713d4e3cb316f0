// Password hashes: argon2id (OWASP: 19 MiB, 2 passes), bcrypt only to let in people brought from elsewhere. Never logs,
// never stores; hashing waits in a bounded queue so that a storm of log-ins cannot take the shop's memory.
import { availableParallelism } from 'node:os'
import { hash as argon2, parseOptions, verify as verifyArgon2 } from '@node-rs/argon2'
import { verify as verifyBcrypt } from '@node-rs/bcrypt'
import { DomainError } from '#app/lib/errors.ts'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Nobody's hash, of the same cost: what is verified when there is nothing to verify, so that the answer takes as long. */
export const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$LzmwbviBNADrlb5+56TqmA$9CUfbT8/2RiKf4stRDrKfTQvSj3mBxd4F9uxW8d3rH4'

const places = Math.max(2, Math.min(4, availableParallelism()))
export const maxWaiting = 50
let running = 0
const waiting: (() => void)[] = []

/** Runs `work` when a place is free; throws `overloaded` at once when 50 wait already. */
async function queued<T>(work: () => Promise<T>): Promise<T> {
  if (running < places) running++
  else if (waiting.length >= maxWaiting)
    throw new DomainError('overloaded', 'Very many people are logging in right now. Please try again in a moment.', {
      retryAfterSeconds: 5,
    })
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The place goes to the next in line, or is given back.
    if (next) next()
    else running--
  }
}

// Composed form: the same password typed on another system is the same bytes.
const composed = (password: string): string => password.normalize('NFC')

/** The argon2id hash of `password`, as a PHC string that names its own parameters. */
export const hashPassword = (password: string): Promise<string> => queued(() => argon2(composed(password), cost))

/** Whether `password` belongs to `hash`; a hash that cannot be read belongs to no password. */
export const verifyPassword = (password: string, hash: string): Promise<boolean> =>
  queued(() => (isBcrypt(hash) ? verifyBcrypt(password, hash) : verifyArgon2(hash, composed(password)))).catch(
    (error) => {
      if (error instanceof DomainError) throw error
      return false
    },
  )

/**
 * Whether a verified `password` should be hashed anew. bcrypt reads 72 bytes only: what comes after them was not
 * verified, so such a password must not become the new one.
 */
export function isOutdated(hash: string, password: string): boolean {
  if (isBcrypt(hash)) return Buffer.byteLength(password) <= 72
  const { memoryCost, timeCost, parallelism } = parseOptions(hash)
  return memoryCost !== cost.memoryCost || timeCost !== cost.timeCost || parallelism !== cost.parallelism
}

const isBcrypt = (hash: string): boolean => /^\$2[abxy]\$/.test(hash)
