// Secrets that must be read again (a one-time code's key): encrypted at rest by a key derived from SESSION_SECRET, bound
// to whom they belong to, so that a row copied to another person opens nothing. Never logs a secret.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '#app/env.server.ts'

const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'highstreet', 'second-factor secrets at rest', 32))

/** Which of the secrets made a seal: eight hex digits of the derived key's own hash. */
const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8)

const keys = (): Buffer[] => env().SESSION_SECRET.map(keyOf)

/** AES-256-GCM of `secret` for `owner` by the first session secret: `v1.<key>.<iv>.<tag>.<text>`. */
export function sealSecret(secret: string, owner: string): string {
  const [key] = keys()
  if (!key) throw new Error('SESSION_SECRET is empty')
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return ['v1', nameOf(key), ...[iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.')
}

/** The secret, or null when none of our keys opens it for `owner` (the secret it was sealed with is gone, or it was moved). */
export function openSecret(sealed: string, owner: string): string | null {
  const [version, name, ...parts] = sealed.split('.')
  const key = keys().find((one) => nameOf(one) === name)
  const [iv, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (version !== 'v1' || !key || iv?.length !== 12 || tag?.length !== 16 || !text) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner)).setAuthTag(tag)
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** Whether `sealed` was made with an older of the secrets and should be sealed anew. */
export const isSealedWithOldKey = (sealed: string): boolean => {
  const [key] = keys()
  return !key || sealed.split('.')[1] !== nameOf(key)
}
