// Places where a test kills the process in thought: the step stops there and its lease stays, as after kill -9.
// Nothing can be armed in production, and nothing is armed unless a test does it.

export type Failpoint =
  | 'before_reserve'
  | 'after_reserve'
  | 'before_session'
  | 'after_session'
  | 'before_payment_is_recorded'
  | 'after_payment_is_recorded'
  | 'before_commit'
  | 'after_commit'
  | 'after_page_expired'
  | 'after_cancel'
  | 'before_refund'
  | 'after_refund'
  | 'after_parcel_row'
  | 'after_parcel_told'
  | 'after_handed_over'

/** Not an error to handle: whoever catches it must let it through. */
export class Killed extends Error {}

const armed = new Set<Failpoint>()

/** For tests: the next time `name` is passed, it kills. */
export const armFailpoint = (name: Failpoint): void => {
  armed.add(name)
}

export function failpoint(name: Failpoint): void {
  if (armed.size > 0 && armed.delete(name)) throw new Killed(`killed at ${name}`)
}
