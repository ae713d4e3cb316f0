// How long processes had a processor, from /proc (Linux only): a figure that other work on the machine hardly moves.
import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds that these processes, all threads of them, have run so far; NaN where there is no /proc. */
export function processorTime(pids: readonly number[]): number {
  let nanoseconds = 0
  for (const pid of pids) {
    try {
      for (const task of readdirSync(`/proc/${pid}/task`))
        nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
    } catch {
      return Number.NaN
    }
  }
  return nanoseconds / 1e6
}
