// One-time codes and recovery codes as people type them. Pure but for chance.
import { createHash, randomInt } from 'node:crypto'
import { z } from 'zod'

// No 0/O, 1/I/L, U: copied from paper without a mistake. Twelve of them are 58 bits.
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const recoveryCodeCount = 10

/** A recovery code as it is shown: `7KQ4-M2XD-9RTB`. */
export function newRecoveryCode(): string {
  const part = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return [part(), part(), part()].join('-')
}

/** What is stored of a recovery code; it is the same however the code was typed. */
export const recoveryCodeHash = (typed: string): Buffer =>
  createHash('sha256')
    .update(`recovery code ${typed.toUpperCase().replace(/[\s-]/g, '')}`)
    .digest()

const message = 'Enter the six digits of your app, or one of your recovery codes.'

/** What was typed, told apart: six digits of the app, or a recovery code. */
export const typedCode = z
  .string(message)
  .max(100, message)
  .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase())
  .refine((code) => /^\d{6}$/.test(code) || /^[2-9A-Z]{12}$/.test(code), message)

/** The six digits of the app alone: proof that it was set up. */
export const appCode = z
  .string('Enter the six digits that your app shows.')
  .max(100, 'Enter the six digits that your app shows.')
  .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''))
  .refine((code) => /^\d{6}$/.test(code), 'Enter the six digits that your app shows.')
