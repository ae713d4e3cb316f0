// How a message looks, as HTML, as text and as a text message: with a sample, or with a real order. The notifier draws it;
// the mail itself stands in a frame without any rights (message-mail.tsx).
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { previewMessage } from '#app/domain/messages/preview.server.ts'
import { topics } from '#app/domain/outbox/kinds.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Breadcrumb, Notice, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'orders:read')
  const topic = args.params.topic ?? ''
  const order = orderOf(args.request)
  const { subject, text, sms, from } = await answerLoader(() => previewMessage(topic, order))
  return { topic, order, subject, text, sms, from }
}

const orderOf = (request: Request): string =>
  (new URL(request.url).searchParams.get('order') ?? '').trim().toUpperCase().slice(0, 40)

const words = {
  sent: 'With the words it went out with. The secret link to the order is left out here.',
  order: 'With what this order says today. What has not happened to it yet is taken from a sample.',
  sample: 'With a sample order.',
}
const choices = Object.entries(topics)

export default function AdminMessagePreview() {
  const { topic, order, subject, text, sms, from } = useLoaderData<typeof loader>()
  return (
    <>
      <Breadcrumb items={[{ name: 'Messages', to: paths.adminMessages() }, { name: topic }]} />
      <PageTitle title={subject} />
      <Form className="card mb-6 flex flex-wrap items-end gap-3 p-4" aria-label="Preview">
        <label className="min-w-52 flex-1">
          <span className="mb-1 block text-sm font-semibold">Order number</span>
          <input type="search" name="order" defaultValue={order} maxLength={40} className="field" />
        </label>
        <Button variant="secondary">Show with this order</Button>
      </Form>
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid grid-cols-1 gap-6">
          <p className="text-muted">{words[from]}</p>
          {sms && (
            <Notice>
              <strong>Text message</strong> (only with leave): {sms}
            </Notice>
          )}
          <iframe
            title={`The mail “${subject}”`}
            src={paths.adminMessageMail(topic, { order })}
            sandbox="allow-scripts"
            className="h-200 w-full rounded-card border border-line bg-paper"
          />
          <section aria-labelledby="as-text">
            <h2 id="as-text" className="mb-3 text-lg">
              As text
            </h2>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0} className="card overflow-x-auto p-4 text-sm">
              {text}
            </pre>
          </section>
        </div>
        <nav aria-label="All messages" className="card p-3">
          <ul>
            {choices.map(([name, { label }]) => (
              <li key={name}>
                <Link
                  to={paths.adminMessagePreview(name, { order: name.startsWith('order.') ? order : '' })}
                  aria-current={name === topic ? 'page' : undefined}
                  className={`flex min-h-11 flex-col justify-center rounded-field px-3 py-1 hover:bg-sunk ${name === topic ? 'bg-accent-soft' : ''}`}
                >
                  {label}
                  <span className="text-sm text-muted">{name}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </>
  )
}
