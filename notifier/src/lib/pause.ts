// Waiting that a shutdown can cut short, and the back-off between tries. Pure beside its timers.

/** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}

/**
 * Milliseconds to wait after the `attempt`-th try (1, 2, …) failed: doubles from `from` up to `to`, with jitter that
 * takes away up to a third so that many rows that failed together do not come back together.
 */
export function backOff(attempt: number, from: number, to: number, random: () => number = Math.random): number {
  const full = Math.min(from * 2 ** Math.min(Math.max(attempt, 1) - 1, 30), to)
  return Math.round(full * (1 - random() / 3))
}
