// On the order's page for staff: what its shopper was told, what the provider answered, and telling it again.
import { Link } from '@remix-run/react'
import type { MessageView } from '#app/domain/outbox/message-view.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Went } from './admin-messages.tsx'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { When } from './money.tsx'
import { Notice } from './parts.tsx'

type OrderMessagesProps = {
  order: { number: string }
  messages: MessageView[]
  maySend: boolean
  problem?: FormProblem
}

export function OrderMessages({ order, messages, maySend, problem }: OrderMessagesProps) {
  return (
    <section className="card p-5" id="messages" aria-labelledby="messages-title">
      <h2 id="messages-title" className="mb-3 text-lg">
        Messages
      </h2>
      {problem && (
        <div className="mb-4">
          <Notice kind="bad">{problem.message}</Notice>
        </div>
      )}
      {messages.length === 0 && <p className="text-muted">Nothing was sent about this order yet.</p>}
      <ul className="divide-y divide-line">
        {messages.map((message) => (
          <li key={message.id} className="grid gap-x-4 gap-y-2 py-4 first:pt-0 last:pb-0 sm:grid-cols-[1fr_auto]">
            <div className="min-w-0">
              <p className="font-semibold">
                {message.label}
                {message.isResend && <span className="font-normal text-muted"> · sent again</span>}
              </p>
              <p className="mb-1 text-sm text-muted">
                <When date={message.createdAt} time />
              </p>
              <Went message={message} />
            </div>
            <div className="flex flex-wrap items-start gap-2">
              <Link
                to={paths.adminMessagePreview(message.topic, { order: order.number })}
                className="link inline-flex min-h-11 items-center px-2"
              >
                Look<span className="sr-only"> at “{message.label}”</span>
              </Link>
              {maySend && message.canResend && (
                <PostForm>
                  <input type="hidden" name="id" value={message.id} />
                  <Button variant="secondary" name="intent" value="resend">
                    Send again<span className="sr-only">: {message.label}</span>
                  </Button>
                </PostForm>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
