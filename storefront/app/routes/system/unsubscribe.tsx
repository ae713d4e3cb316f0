// Turning off one kind of mail by the link in such a mail: no log-in, one button, and back again with another. Opening the
// link changes nothing (mail filters open links); the post needs no cookie and no form token, since mail readers send it by
// themselves (RFC 8058): the sealed link alone says whose mails and which kind.
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { optionalKinds } from '#app/domain/outbox/kinds.ts'
import { obeyUnsubscribe, readUnsubscribeToken } from '#app/domain/outbox/unsubscribe.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { by } from '#app/lib/clock.ts'
import { notFound } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'

export const meta: MetaFunction = () => [
  { title: 'Stop these mails · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = () => ({ 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'same-origin' })

const tokenOf = (request: Request): string => new URL(request.url).searchParams.get('token') ?? ''

export async function loader({ request }: LoaderFunctionArgs) {
  return answerLoader(async () => {
    const token = tokenOf(request)
    const found = readUnsubscribeToken(token)
    if (!found) throw notFound('This link')
    return { token, kind: found.kind }
  })
}

export async function action({ request }: ActionFunctionArgs) {
  return answerLoader(async () => {
    const url = new URL(request.url)
    const allowed = url.searchParams.get('again') === 'yes'
    await obeyUnsubscribe({ token: tokenOf(request), allowed }, by('guest'))
    return data({ allowed })
  })
}

export default function UnsubscribePage() {
  const { token, kind } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { label, hint } = optionalKinds[kind]
  const isOff = done?.allowed === false
  return (
    <div className="page py-12">
      <div className="card mx-auto max-w-xl p-6 sm:p-10">
        <h1 className="mb-3 text-2xl">{isOff ? 'You will not get these mails any more' : 'Stop these mails?'}</h1>
        <p className="mb-2">
          <strong>{label}</strong>
        </p>
        <p className="mb-6 text-muted">{hint}</p>
        {done?.allowed && (
          <p role="status" className="mb-6">
            They are on again.
          </p>
        )}
        <form method="post" action={paths.unsubscribe({ token, again: isOff ? 'yes' : null })}>
          <Button variant={isOff ? 'secondary' : 'primary'}>{isOff ? 'I want them again' : 'Stop these mails'}</Button>
        </form>
        <p className="mt-8 text-sm text-muted">
          Mails that your orders and your account need still come. With an account you can{' '}
          <Link to={paths.accountMessages()} className="link">
            choose everything in one place
          </Link>
          .
        </p>
      </div>
    </div>
  )
}
