// Who may call: a Bearer token for whoever is signed in, and a permission for who works here. Each route names its guard
// itself; no path decides. Never a cookie: a page of another site can make a browser do nothing here.
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { findTokenBearer } from '#app/domain/identity/api-tokens.server.ts'
import { can, type Permission } from '#app/domain/identity/roles.ts'
import { byVisitor, isSecondFactorMissing } from '#app/http/session.server.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError } from '#app/lib/errors.ts'
import { clientIp } from '#server/client-ip.ts'
import type { ApiEnv } from './context.ts'

const security = [{ bearer: [] as string[] }]

const requirePerson = createMiddleware<ApiEnv>(async (c, next) => {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(c.req.header('Authorization') ?? '')?.[1]
  if (!token) throw new DomainError('unauthorized', 'Send a token: Authorization: Bearer <token of POST /auth/login>.')
  const person = await findTokenBearer(token, new Date())
  if (!person) throw new DomainError('unauthorized', 'The token is not valid, has expired, or its session was ended.')
  c.set('person', person)
  return next()
})

/** Refuses whoever may not do `permission`: asked by a route, or by a handler whose body decides which one is needed. */
export function requirePermission(c: Context<ApiEnv>, permission: Permission): void {
  const person = c.get('person')
  if (!can(person.role, permission)) throw new DomainError('forbidden', `This needs the permission ${permission}.`)
  if (isSecondFactorMissing(person))
    throw new DomainError(
      'forbidden',
      'This shop requires two-step log-in of everybody who works here. Set it up first.',
    )
}

const requireStaff = createMiddleware<ApiEnv>(async (c, next) => {
  requirePermission(c, 'admin:enter')
  return next()
})

/** The part of a route definition for whoever is signed in. */
export const signedIn = { security, middleware: [requirePerson] }
/** The same for who works here; the handler asks for the permission. */
export const forStaff = { security, middleware: [requirePerson, requireStaff] }

/** Who acts, for a verb's second argument. */
export const byCaller = (c: Context<ApiEnv>): By =>
  byVisitor({ user: c.get('person') ?? null, ip: clientIp(c), requestId: c.get('requestId') })

/** Whose cart: the API knows only carts of people who are signed in. */
export const ownerOf = (c: Context<ApiEnv>) => ({ userId: c.get('person').id, cartId: null })
