// One mailbox, however its address is typed: what limits per customer count by. Pure; only the hash is kept.
import { createHash } from 'node:crypto'

/** SHA-256 of the mailbox: `Ann+shop@x.com` and `ann@x.com` are one. */
export function mailboxHash(email: string): Buffer {
  const [local = '', domain = ''] = email.trim().toLowerCase().split('@')
  return createHash('sha256')
    .update(`${local.split('+')[0]}@${domain}`)
    .digest()
}
