// The code that is shown at the counter: derived from the order by the session secret, never stored. Short enough to be
// read out, so whoever asks for it limits the tries.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '#app/env.server.ts'

// No 0/O, 1/I/L, U: read out without a mistake.
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 6

function derive(key: string, orderId: string): string {
  const digest = createHmac('sha256', key).update(`collect:${orderId}`).digest()
  let number = digest.readBigUInt64BE(0)
  let code = ''
  for (let place = 0; place < length; place++) {
    code += alphabet[Number(number % BigInt(alphabet.length))]
    number /= BigInt(alphabet.length)
  }
  return code
}

/** What the shopper shows: `7KQ 4M2`. */
export const collectionCodeFor = (orderId: string): string => {
  const code = derive(env().SESSION_SECRET[0] ?? '', orderId)
  return `${code.slice(0, 3)} ${code.slice(3)}`
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether `typed` is the order's code, by any present secret; blanks, hyphens and small letters do not matter. */
export function isCollectionCode(orderId: string, typed: string): boolean {
  const given = sha256(typed.replace(/[\s-]/g, '').toUpperCase())
  let fits = false
  for (const key of env().SESSION_SECRET) if (timingSafeEqual(sha256(derive(key, orderId)), given)) fits = true
  return fits
}
