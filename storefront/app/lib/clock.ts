// Time is handed in by faces and workers; rules never read the clock.

/** The member of staff behind an act, as the audit log keeps them: the name of that day, a coarse network, the request. */
export type StaffTrace = { id: string; name: string; ipPrefix: string | null; requestId: string | null }

/**
 * Who does something and when: the second argument of every verb. `actor` is `user:<id>`, `guest`, `staff:<id>`, `system`,
 * `stripe`. With `staff` the verb's change is written into the audit log (domain/audit).
 */
export type By = { actor: string; at: Date; staff?: StaffTrace }

export const by = (actor: string): By => ({ actor, at: new Date() })
export const addSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000)
