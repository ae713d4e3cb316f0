// Answers that must not tell by their time which of two cases it was: whoever has an account and whoever has none wait
// alike. Knows nothing of what it waits for.

const milliseconds = 250

/** Runs `work` and answers (or throws) no sooner than a quarter of a second after it began. */
export async function inSameTime<T>(work: () => Promise<T>): Promise<T> {
  const pause = new Promise((resolve) => setTimeout(resolve, milliseconds))
  const [done] = await Promise.allSettled([work(), pause])
  if (done.status === 'rejected') throw done.reason
  return done.value
}
