// Messages as staff see them in the list of all, with what the provider answered.
import { Link } from '@remix-run/react'
import type { CatalogEvents } from '#app/domain/messages/notifier.server.ts'
import { topicLabel } from '#app/domain/outbox/kinds.ts'
import {
  type MessageDelivery,
  type MessageState,
  type MessageView,
  messageStateLabel,
} from '#app/domain/outbox/message-view.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { When } from './money.tsx'
import { Notice, StatusBadge } from './parts.tsx'

const tones: Record<MessageState, 'good' | 'warn' | 'bad' | 'info'> = {
  sent: 'good',
  waiting: 'warn',
  parked: 'bad',
  expired: 'warn',
  unwanted: 'info',
}
const head = 'px-4 py-3 font-medium'
const channels = { email: 'Mail', sms: 'Text message' }
const deliveryWords = { sending: 'on its way', sent: 'taken', failed: 'refused', suppressed: 'not sent' }

type MessageTableProps = { messages: MessageView[]; total: number; mayRelease: boolean }

export function MessageTable({ messages, total, mayRelease }: MessageTableProps) {
  return (
    <div className="card relative overflow-x-auto">
      <table className="w-full min-w-240 text-left">
        <caption className="px-4 pt-4 text-left text-sm text-muted">
          {total} {total === 1 ? 'message' : 'messages'}
        </caption>
        <thead className="text-sm text-muted">
          <tr className="border-b border-line">
            <th className={head}>When</th>
            <th className={head}>What</th>
            <th className={head}>To</th>
            <th className={head}>Order</th>
            <th className={head}>How it went</th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <tr key={message.id} className="border-b border-line align-top last:border-0 hover:bg-sunk">
              <td className="px-4 py-3 whitespace-nowrap text-muted">
                <When date={message.createdAt} time />
              </td>
              <td className="px-4 py-3">
                {message.label}
                <span className="block text-sm text-muted">
                  {message.topic}
                  {message.isResend && ' · sent again'}
                </span>
              </td>
              <td className="px-4 py-3 wrap-anywhere">
                {message.to ?? <span className="text-muted">the shopkeeper</span>}
              </td>
              <td className="px-4 py-1.5">
                {message.orderNumber && (
                  <Link
                    to={paths.adminOrder(message.orderNumber)}
                    className="nums inline-flex min-h-11 items-center font-semibold whitespace-nowrap hover:underline"
                  >
                    {message.orderNumber}
                  </Link>
                )}
              </td>
              <td className="px-4 py-3">
                <Went message={message} />
                {mayRelease && message.canRelease && <Release id={message.id} label={message.label} intent="release" />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How a message stands, with what each provider answered. */
export function Went({ message }: { message: MessageView }) {
  return (
    <div className="grid gap-1">
      <span>
        <StatusBadge tone={tones[message.state]}>{messageStateLabel[message.state]}</StatusBadge>
      </span>
      {message.deliveries.map((delivery) => (
        <DeliveryLine key={delivery.channel} delivery={delivery} />
      ))}
      {message.lastError && <span className="text-sm text-muted">{message.lastError}</span>}
      {message.state === 'waiting' && message.attempts > 0 && (
        <span className="text-sm text-muted">
          {message.attempts === 1 ? '1 try' : `${message.attempts} tries`}, next{' '}
          <When date={message.nextAttemptAt} time />
        </span>
      )}
    </div>
  )
}

function DeliveryLine({ delivery }: { delivery: MessageDelivery }) {
  const { channel, status, attempts, sentAt, answer, messageId } = delivery
  return (
    <span className="text-sm text-muted">
      {channels[channel]} {deliveryWords[status]}
      {sentAt && (
        <>
          {' '}
          <When date={sentAt} time />
        </>
      )}
      {attempts > 1 && `, try ${attempts}`}
      {answer && <span className="block break-words">“{answer}”</span>}
      {messageId && <span className="nums block break-all">{messageId}</span>}
    </span>
  )
}

function Release({ id, label, intent }: { id: string; label: string; intent: string }) {
  return (
    <PostForm className="mt-2">
      <input type="hidden" name="id" value={id} />
      <Button variant="secondary" name="intent" value={intent}>
        Try again<span className="sr-only">: {label}</span>
      </Button>
    </PostForm>
  )
}

const eventTones = { done: 'good', parked: 'bad', waiting: 'warn' } as const
const eventWords = { done: 'Sent', parked: 'Needs a person', waiting: 'Waiting' }

/** The catalogue's own messages, to the shopkeeper; null when the notifier could not be asked. */
export function CatalogMessages({ events, mayRelease }: { events: CatalogEvents | null; mayRelease: boolean }) {
  return (
    <section className="mt-12" aria-labelledby="catalog-title">
      <h2 id="catalog-title" className="mb-4 text-xl">
        Low stock, to the shopkeeper
      </h2>
      {!events && <Notice kind="warn">The notifier cannot be asked right now, so these are not shown.</Notice>}
      {events?.items.length === 0 && <p className="text-muted">Nothing has run low yet.</p>}
      {events && events.items.length > 0 && (
        <ul className="card divide-y divide-line">
          {events.items.map((event) => (
            <li key={event.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <div className="min-w-60 flex-1">
                <p>{event.about ?? topicLabel(event.topic)}</p>
                <p className="text-sm text-muted">
                  <When date={event.createdAt} time />
                  {event.lastError && ` · ${event.lastError}`}
                </p>
              </div>
              <StatusBadge tone={eventTones[event.state]}>{eventWords[event.state]}</StatusBadge>
              {mayRelease && event.state === 'parked' && (
                <Release id={event.id} label={event.about ?? event.topic} intent="release-catalog" />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
