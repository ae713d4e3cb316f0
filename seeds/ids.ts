// Ids of seeded rows: the same name gives the same UUID on every machine, so that seeding twice changes nothing.
import { createHash } from 'node:crypto'

/** `idOf('product:everyday-mug')`: a UUID version 8 (RFC 9562 §5.8) made of the name's SHA-256. */
export function idOf(name: string): string {
  const bytes = createHash('sha256').update(`highstreet-seed ${name}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
