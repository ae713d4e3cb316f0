// One way to write an e-mail address, so that one mailbox is one account however it was typed. Pure.
import { z } from 'zod'

/** The longest address mail can carry (RFC 5321 with its angle brackets), and what the column takes. */
const maxLength = 254

/**
 * Trimmed, compatibility forms folded (full-width letters), lower case, and the domain in ASCII (bücher.example is
 * xn--bcher-kva.example). What cannot be an address comes back as it is, for the schema to refuse.
 */
export function canonicalEmail(typed: string): string {
  if (typed.length > 1000) return typed
  const folded = typed.normalize('NFKC').trim().toLowerCase()
  const at = folded.lastIndexOf('@')
  const domain = folded.slice(at + 1)
  if (at < 1 || !/^[^\s/?#:@[\]\\]+$/.test(domain)) return folded
  const url = `http://${domain}`
  return URL.canParse(url) ? `${folded.slice(0, at)}@${new URL(url).hostname}` : folded
}

const message = 'Enter an e-mail address like name@example.com.'

/** An e-mail address in canonical form. The length is checked before any pattern. */
export const emailAddress = z
  .string(message)
  .max(1000, message)
  .transform(canonicalEmail)
  .pipe(z.string().min(3, message).max(maxLength, message).pipe(z.email(message)))
