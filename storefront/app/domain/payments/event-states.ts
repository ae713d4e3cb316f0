// How a webhook event stands, in staff's words. Pure.

/** `waiting` and `failing` are not closed yet; `failing` has been tried and did not get through. */
export const eventStates = ['failing', 'waiting', 'failed', 'applied', 'duplicate', 'stale', 'ignored'] as const
export type EventState = (typeof eventStates)[number]

export const eventStateLabel: Record<EventState, string> = {
  failing: 'Tried again',
  waiting: 'Waiting',
  failed: 'Does not fit',
  applied: 'Done',
  duplicate: 'Was known',
  stale: 'Too old to matter',
  ignored: 'Not ours',
}

export const eventStateTone: Record<EventState, 'good' | 'warn' | 'bad' | 'info'> = {
  failing: 'warn',
  waiting: 'info',
  failed: 'bad',
  applied: 'good',
  duplicate: 'info',
  stale: 'info',
  ignored: 'info',
}

/** The state of an event with this verdict; without one it is still to be handled. */
export const eventStateOf = ({
  verdict,
  lastError,
}: {
  verdict: string | null
  lastError: string | null
}): EventState => eventStates.find((state) => state === verdict) ?? (lastError ? 'failing' : 'waiting')
