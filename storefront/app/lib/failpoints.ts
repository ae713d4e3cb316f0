// Places where a test kills the process in thought, and a trial in truth: the step stops there and its lease stays. Nothing
// can be armed in production (the settings refuse it), and nothing is armed unless a test or trial does it.
import { readFileSync, rmSync } from 'node:fs'
import { env } from '#app/env.server.ts'

export const failpoints = [
  'before_order',
  'order_written',
  'order_placed',
  'before_reserve',
  'reserve_under_way',
  'after_reserve',
  'hold_written',
  'goods_held',
  'before_session',
  'session_under_way',
  'after_session',
  'page_written',
  'page_kept',
  'back_from_payment',
  'before_webhook_is_kept',
  'webhook_verified',
  'webhook_kept',
  'webhook_answered',
  'webhook_claimed',
  'before_payment_is_recorded',
  'payment_written',
  'after_payment_is_recorded',
  'before_commit',
  'commit_under_way',
  'after_commit',
  'sale_written',
  'sold',
  'page_expired',
  'after_page_expired',
  'end_written',
  'after_cancel',
  'after_release',
  'before_refund_is_booked',
  'refund_booked',
  'before_refund',
  'after_refund',
  'refund_written',
  'before_restock',
  'after_restock',
  'after_parcel_row',
  'after_parcel_told',
  'after_handed_over',
  'review_request_written',
  'before_cursor_is_saved',
  'after_cursor_is_saved',
] as const
export type Failpoint = (typeof failpoints)[number]

/** Not an error to handle: whoever catches it must let it through. */
export class Killed extends Error {}

const armed = new Set<Failpoint>()

/** For tests: the next time `name` is passed, it kills. */
export const armFailpoint = (name: Failpoint): void => {
  armed.add(name)
}

export function failpoint(name: Failpoint): void {
  if (armed.size > 0 && armed.delete(name)) throw new Killed(`killed at ${name}`)
  const file = env().FAILPOINTS_FILE
  if (file && isNamedIn(file, name)) process.kill(process.pid, 'SIGKILL')
}

/**
 * Kills while a call that may be repeated is under way: in a trial a moment after it was sent, in a test once its work is
 * done and before anybody reads the answer.
 */
export async function failWhile<T>(name: Failpoint, call: Promise<T>): Promise<T> {
  const file = env().FAILPOINTS_FILE
  if (file && isNamedIn(file, name)) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 3)
  const answer = await call
  if (armed.size > 0 && armed.delete(name)) throw new Killed(`killed at ${name}`)
  return answer
}

/** As failpoint, a moment after what stands around it has been answered; in trials only. */
export function failpointAfterwards(name: Failpoint): void {
  const file = env().FAILPOINTS_FILE
  if (file) setTimeout(() => isNamedIn(file, name) && process.kill(process.pid, 'SIGKILL'), 5)
}

/** Whether a trial asked for this place; its wish is granted once. */
function isNamedIn(file: string, name: Failpoint): boolean {
  try {
    if (readFileSync(file, 'utf8').trim() !== name) return false
    rmSync(file)
    return true
  } catch {
    return false
  }
}
