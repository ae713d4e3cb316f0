// Places where a test kills the process in thought, and a trial in truth: the step stops there and its lease stays. Nothing
// can be armed in production (the settings refuse it), and nothing is armed unless a test or trial does it.
import { readFileSync, rmSync } from 'node:fs'
import { env } from '#app/env.server.ts'

export const failpoints = [
  'before_order',
  'order_written',
  'order_placed',
  'before_reserve',
  'after_reserve',
  'goods_held',
  'before_session',
  'after_session',
  'page_kept',
  'before_webhook_is_kept',
  'webhook_kept',
  'webhook_claimed',
  'before_payment_is_recorded',
  'payment_written',
  'after_payment_is_recorded',
  'before_commit',
  'after_commit',
  'sale_written',
  'sold',
  'after_page_expired',
  'end_written',
  'after_cancel',
  'after_release',
  'refund_booked',
  'before_refund',
  'after_refund',
  'refund_written',
  'before_restock',
  'after_restock',
  'after_parcel_row',
  'after_parcel_told',
  'after_handed_over',
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
