// Places where a trial kills the notifier with kill -9. Nothing can be armed in production: the settings refuse it.
import { readFileSync, rmSync } from 'node:fs'

export const failpoints = [
  'event_claimed',
  'before_send',
  'after_send',
  'after_delivery_is_marked',
  'after_event_is_marked',
] as const
export type Failpoint = (typeof failpoints)[number]

let file: string | undefined

/** Told once at the start, by main.ts. */
export const failpointsIn = (path: string | undefined): void => {
  file = path
}

/** Ends this process at once when a trial asked for this place; its wish is granted once. */
export function failpoint(name: Failpoint): void {
  if (file && isNamed(name)) process.kill(process.pid, 'SIGKILL')
}

function isNamed(name: Failpoint): boolean {
  try {
    if (readFileSync(file ?? '', 'utf8').trim() !== name) return false
    rmSync(file ?? '')
    return true
  } catch {
    return false
  }
}
