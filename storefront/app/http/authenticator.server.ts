// remix-auth's form strategy over the sign-in verb. It only says who somebody is: sessions stay ours (session.server.ts),
// and it is handed what readPost has checked, never the raw request.
import { Authenticator } from 'remix-auth'
import { FormStrategy } from 'remix-auth-form'
import type { Person } from '#app/domain/identity/people.server.ts'
import { credentials, signIn } from '#app/domain/identity/sign-in.server.ts'
import { type Post, parse } from '#app/http/parse.server.ts'
import { byVisitor } from '#app/http/session.server.ts'

const strategy = 'email-and-password'

/** The person whose `email` and `password` were posted. Throws what `signIn` and `parse` throw. */
export function authenticate({ values, visitor }: Pick<Post, 'values' | 'visitor'>): Promise<Person> {
  const verify = ({ form }: { form: FormData }) =>
    signIn({ ...parse(credentials, Object.fromEntries(form)), ip: visitor.ip }, byVisitor(visitor))
  const authenticator = new Authenticator<Person>().use(new FormStrategy(verify), strategy)
  const body = new URLSearchParams({ email: values.email ?? '', password: values.password ?? '' })
  return authenticator.authenticate(strategy, new Request('http://shop.invalid/login', { method: 'POST', body }))
}
