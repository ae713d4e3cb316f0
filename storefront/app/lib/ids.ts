// Ids and other random words. UUIDs are made by the app (version 7: they sort by time); they are not secrets.
import { randomBytes, randomInt } from 'node:crypto'

/** A UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, the rest random. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

// No 0/O, 1/I/L, U: read out over the phone without a mistake.
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

const numberFrom = (letters: string): string => {
  const word = (length: number) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${letters}-${word(4)}-${word(4)}`
}

/** An order number as shoppers see it, `HS-7KQ4-M2XD`: short, unambiguous, not guessable from its neighbours. */
export const newOrderNumber = (): string => numberFrom('HS')

/** The number of a return, `RT-7KQ4-M2XD`. */
export const newReturnNumber = (): string => numberFrom('RT')

/** The number of a reservation in a store, `RS-7KQ4-M2XD`. */
export const newReservationNumber = (): string => numberFrom('RS')

/** 256 random bits for sessions and links, base64url. Only its SHA-256 may be stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')
