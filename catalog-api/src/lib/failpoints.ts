// Places where a trial kills this process with kill -9. Nothing can be armed in production: the settings refuse it.
import { readFileSync, rmSync } from 'node:fs'

export const failpoints = [
  'reserve_begun',
  'reserve_lines_written',
  'reserve_done',
  'commit_begun',
  'commit_done',
  'release_begun',
  'release_done',
  'expiry_begun',
  'expiry_done',
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
