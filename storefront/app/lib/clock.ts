// Time is handed in by faces and workers; rules never read the clock.

/** Who does something and when: the second argument of every verb. `actor` is `user:<id>`, `guest`, `staff:<id>`, `system`, `stripe`. */
export type By = { actor: string; at: Date }

export const by = (actor: string): By => ({ actor, at: new Date() })
export const addSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000)
