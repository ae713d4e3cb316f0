// Signing up and logging in over the API: the verbs of the pages, with their limits. Whether an address has an account is
// never told; a token is only ever answered to a right password (and code).
import { createRoute, z } from '@hono/zod-openapi'
import { issueApiToken } from '#app/domain/identity/api-tokens.server.ts'
import { register, registration } from '#app/domain/identity/register.server.ts'
import { roles } from '#app/domain/identity/roles.ts'
import { typedCode } from '#app/domain/identity/second-factor/codes.ts'
import { hasSecondFactor, proveSecondFactor } from '#app/domain/identity/second-factor/factor.server.ts'
import { credentials, signIn } from '#app/domain/identity/sign-in.server.ts'
import { by } from '#app/lib/clock.ts'
import { DomainError } from '#app/lib/errors.ts'
import { clientIp } from '#server/client-ip.ts'
import { json, jsonBody, Time } from './frame/fields.ts'
import { signedIn } from './frame/guard.ts'
import { idempotent, keyHeader } from './frame/idempotent.ts'
import { errorAnswers } from './frame/problem.ts'
import { newRouter } from './frame/router.ts'

export const authRoutes = newRouter()
const tags = ['Account']
const bodyCodes = ['validation_failed', 'malformed_json', 'unsupported_media_type', 'payload_too_large'] as const

const SignUp = z.strictObject(registration.shape).openapi('SignUp', {
  example: { name: 'Carla Berg', email: 'carla@example.com', password: 'a quiet harbour at dawn' },
})
const Accepted = z.object({ status: z.literal('accepted'), detail: z.string() }).openapi('Accepted')

authRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/auth/signup',
    operationId: 'signUp',
    tags,
    summary: 'Open an account',
    description:
      'Answers the same whether or not the address has an account already (its owner is told by mail). With a new account you can log in at once; its address is confirmed by the mailed link.',
    middleware: [idempotent()],
    request: { headers: keyHeader, body: jsonBody(SignUp) },
    responses: {
      202: json(Accepted, 'We have sent a mail to this address'),
      ...errorAnswers(...bodyCodes, 'rate_limited', 'idempotency_in_flight', 'idempotency_mismatch'),
    },
  }),
  async (c) => {
    await register({ ...c.req.valid('json'), ip: clientIp(c) }, by('guest'))
    const detail = 'We have sent a mail to this address. If the account is new, you can log in with its password now.'
    return c.json({ status: 'accepted' as const, detail }, 202)
  },
)

const LogIn = z
  .strictObject({
    ...credentials.shape,
    code: typedCode.optional().describe('The one-time or recovery code, for an account with two-step log-in'),
  })
  .openapi('LogIn', { example: { email: 'alice@example.com', password: 'Alice@123' } })
const Token = z
  .object({
    token: z.string().openapi({ description: 'Send it as `Authorization: Bearer …`' }),
    tokenType: z.literal('Bearer'),
    expiresInSeconds: z.int().openapi({ example: 3600 }),
    expiresAt: Time,
  })
  .openapi('Token')

authRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/auth/login',
    operationId: 'logIn',
    tags,
    summary: 'Get a token for e-mail and password',
    description:
      'The token is a JWT that names a session: it ends with it (new password, disabled account, ended in the list of sessions, long without use).',
    request: { body: jsonBody(LogIn) },
    responses: { 200: json(Token, 'Logged in'), ...errorAnswers(...bodyCodes, 'wrong_credentials', 'rate_limited') },
  }),
  async (c) => {
    const { code, ...typed } = c.req.valid('json')
    const ip = clientIp(c)
    const self = by('guest')
    const person = await signIn({ ...typed, ip }, self)
    const bySecondFactor = await hasSecondFactor(person.id)
    if (bySecondFactor) {
      if (!code)
        throw new DomainError('validation_failed', 'This account has two-step log-in: send its code.', {
          fields: { code: ['Enter the six digits of your app, or one of your recovery codes.'] },
        })
      await proveSecondFactor({ userId: person.id, code, ip }, self)
    }
    const userAgent = `API: ${c.req.header('User-Agent') ?? ''}`
    const issued = await issueApiToken(person.id, { ip, userAgent, bySecondFactor }, self.at)
    return c.json({ ...issued, tokenType: 'Bearer' as const, expiresAt: issued.expiresAt.toISOString() }, 200)
  },
)

const Me = z
  .object({
    email: z.string().openapi({ example: 'alice@example.com' }),
    name: z.string().openapi({ example: 'Alice Archer' }),
    phone: z.string().nullable(),
    role: z.enum(roles),
    emailVerified: z.boolean(),
  })
  .openapi('Me')

authRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/auth/me',
    operationId: 'getMe',
    tags,
    summary: 'Who the token speaks for',
    ...signedIn,
    responses: { 200: json(Me, 'You'), ...errorAnswers('unauthorized') },
  }),
  (c) => {
    const { email, name, phone, role, emailVerified } = c.get('person')
    return c.json({ email, name, phone, role, emailVerified }, 200)
  },
)
