// One event on its way: payload → messages → transports. Sends each message once; what has gone out in an earlier try
// is not sent again. Does not decide what a failure means (attempt.ts does).
import type { Pool } from './database.ts'
import { beginDelivery, markFailed, markSent, providerKey } from './deliveries.ts'
import { parseEvent } from './event.ts'
import type { Shop } from './layout/document.ts'
import { failpoint } from './lib/failpoints.ts'
import { DeliveryFailure } from './lib/failure.ts'
import { backOff, pause } from './lib/pause.ts'
import { compose, type Message } from './messages/compose.ts'
import type { ClaimedEvent } from './outbox.ts'
import type { Accepted, MailTransport, SmsProvider } from './transports/transport.ts'

/**
 * `sms: null` means the shop sends no SMS: such messages are not made at all. `quietFor` says how many milliseconds text
 * messages have to wait from then on; absent: they go out at any hour.
 */
export type Carriers = {
  mail: MailTransport
  sms: SmsProvider | null
  shop: Shop
  quietFor?: (now: Date) => number
}

type Outcome =
  | { state: 'sent'; sent: Message['channel'][] }
  | { state: 'lease_lost' }
  /** All that may go out now is out; the rest in `waitMs`. */
  | { state: 'quiet'; waitMs: number }

/** What was sent must be written down: a database that is just restarting is waited for, within the lease. */
async function insist(write: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write()
      return
    } catch (error) {
      if (attempt >= 8) throw error
      await pause(backOff(attempt, 100, 3_000))
    }
  }
}

const send = (carriers: Carriers, message: Message, key: string): Promise<Accepted> => {
  if (message.channel === 'email') return carriers.mail.send(message, key)
  if (!carriers.sms) throw new DeliveryFailure('rejected', 'no SMS provider')
  return carriers.sms.send(message, key)
}

const asFailure = (error: unknown): DeliveryFailure =>
  error instanceof DeliveryFailure ? error : new DeliveryFailure('refused', (error as Error).message, { cause: error })

/** Sends one message unless it was sent before. Throws DeliveryFailure, or the database's error. */
async function deliverMessage(pool: Pool, event: ClaimedEvent, message: Message, carriers: Carriers) {
  const begun = await beginDelivery(pool, event, message.channel, message.to)
  if (begun.state !== 'send') return begun.state
  let accepted: Accepted
  failpoint('before_send')
  try {
    accepted = await send(carriers, message, providerKey(event.id, message.channel))
  } catch (error) {
    const failure = asFailure(error)
    await markFailed(pool, begun.deliveryId, failure.message)
    throw failure
  }
  failpoint('after_send')
  await insist(() => markSent(pool, begun.deliveryId, accepted))
  failpoint('after_delivery_is_marked')
  return 'sent' as const
}

/**
 * Sends every message of the event. One that fails does not hold back the others; the first failure is thrown in the end.
 * Throws DeliveryFailure, or the database's error.
 */
export async function deliver(pool: Pool, event: ClaimedEvent, carriers: Carriers): Promise<Outcome> {
  const { topic, payload } = parseEvent(event.topic, event.payload)
  // No SMS without leave: an event that says nothing about channels is told by mail alone.
  const allowed = payload.channels ?? ['email']
  const messages = compose(topic, payload, carriers.shop).filter(
    ({ channel }) => allowed.includes(channel) && (channel === 'email' || carriers.sms),
  )
  const waitMs = carriers.quietFor?.(new Date()) ?? 0
  const sent: Message['channel'][] = []
  const failures: DeliveryFailure[] = []
  const mayGo = messages.filter(({ channel }) => channel !== 'sms' || waitMs === 0)
  for (const message of mayGo) {
    try {
      const state = await deliverMessage(pool, event, message, carriers)
      if (state === 'lease_lost') return { state }
      if (state === 'sent') sent.push(message.channel)
    } catch (error) {
      failures.push(asFailure(error))
    }
  }
  // A message that may still go out keeps the event alive, even when another of its messages never will.
  const worst = failures.find((failure) => failure.kind !== 'rejected') ?? failures[0]
  if (worst) throw worst
  return mayGo.length < messages.length ? { state: 'quiet', waitMs } : { state: 'sent', sent }
}
