// What a new password must be (NIST SP 800-63B-4, OWASP ASVS 6.2): long enough, not one that everybody tries. No
// composition rules. Existing passwords are never judged, only new ones. Pure, yet .server: its long list must never be
// sent to a browser.
import { dictionary } from '@zxcvbn-ts/language-common'
import { z } from 'zod'

export const passwordLength = { min: 8, advised: 15, maxBytes: 512 } as const

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** A password as it was typed: spaces kept, never trimmed, and small enough to be hashed. */
export const typedPassword = z
  .string('Enter your password.')
  .min(1, 'Enter your password.')
  .refine(
    (password) => password.length <= passwordLength.maxBytes && bytes(password) <= passwordLength.maxBytes,
    `A password can be ${passwordLength.maxBytes} bytes long; yours is longer.`,
  )

// The list holds some 50,000; only those long enough to pass the length rule are worth keeping.
let common: Set<string> | undefined
export const commonPasswords = (): Set<string> => {
  common ??= new Set(dictionary['passwords-common']?.filter((word) => word.length >= passwordLength.min))
  return common
}

/** What `password` must not be made of: the shop's and the person's own words. */
export type Surroundings = { shopName: string; email: string; name: string }

/** Why `password` cannot be taken, in words for the person, or null when it can. */
export function passwordProblem(password: string, around: Surroundings): string | null {
  if ([...password].length < passwordLength.min)
    return `Use at least ${passwordLength.min} characters; ${passwordLength.advised} or more are better.`
  if (!password.trim()) return 'Use something else than spaces.'
  const folded = password.normalize('NFKC').toLowerCase()
  if (new Set(folded).size < 3) return 'This is one character repeated. Please choose another password.'
  if (commonPasswords().has(folded) || commonPasswords().has(folded.trim()))
    return 'This password is among those everybody tries first. Please choose another one.'
  const own = [around.shopName, around.name, around.email, around.email.split('@')[0] ?? ''].map(letters)
  if (own.includes(letters(folded)) && letters(folded).length > 2)
    return 'This is too close to your name, your e-mail address or the name of the shop. Please choose another password.'
  return null
}

/** Letters alone, so that Highstreet2026! is seen for what it is. */
const letters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
