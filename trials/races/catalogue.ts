// One or more catalog-apis over one database, called over HTTP with a fresh service token each time, as the storefront
// does. Keeps count of what should never be answered.
import { createHash, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Told } from '../../storefront/app/domain/catalog/proof/race.ts'

export type Catalogue = {
  /** Their addresses. */
  urls: string[]
  secret: string
  databaseUrl: string
}

const scope = 'inventory:write catalog:write catalog:read'

async function token(secret: string): Promise<string> {
  const key = secret.split(',')[0] ?? ''
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'HS256', kid: createHash('sha256').update(key).digest('hex').slice(0, 8) })
    .setIssuer('highstreet')
    .setAudience('catalog-api')
    .setSubject('trial')
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + 60)
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(key))
}

export type CatalogueCaller = {
  /** Rejects when no answer came. `cutOffMs`: the caller gives up waiting then; nobody knows what was done. */
  call: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, cutOffMs?: number) => Promise<Told>
  /** Answers of 500 and more, in words. */
  faults: string[]
}

/** A caller that takes the catalog-apis in turn. */
export function callerOf({ urls, secret }: Pick<Catalogue, 'urls' | 'secret'>): CatalogueCaller {
  const faults: string[] = []
  let turn = 0
  const call: CatalogueCaller['call'] = async (method, path, body, cutOffMs = 15_000) => {
    const url = `${urls[turn++ % urls.length]}${path}`
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${await token(secret)}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(cutOffMs),
    })
    const text = await answer.text()
    if (answer.status >= 500) faults.push(`${answer.status} ${method} ${path}`)
    return { status: answer.status, body: text ? (JSON.parse(text) as Told['body']) : {} }
  }
  return { call, faults }
}
