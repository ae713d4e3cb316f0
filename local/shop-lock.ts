// One shop a data folder: a file names the process that runs it. A killed shop leaves the file and no obstacle.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from './postgres/cluster.ts'
import { StartError } from './settings.ts'

/**
 * Takes the folder for this process. @returns gives it back
 * @throws StartError when a living shop has it
 */
export function lockShop(dataDir: string, url: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, 'shop.json')
  const mine = JSON.stringify({ pid: process.pid, born: birthOf(process.pid), url })
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error
    }
    const other = readOwner(file)
    if (other) {
      throw new StartError(
        `The shop already runs from this folder: ${other.url} (process ${other.pid}). Stop it with Ctrl-C there, or set DATA_DIR and other ports for a second one.`,
      )
    }
    rmSync(file, { force: true })
  }
}

/** The living process the file names, or null; a pid given to someone else since is told by its time of birth. */
function readOwner(file: string): { pid: number; url: string } | null {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; born: string | null; url: string }
    return isAlive(owner.pid) && birthOf(owner.pid) === owner.born ? owner : null
  } catch {
    return null
  }
}

/** When a process began, in the kernel's ticks; null where the system does not tell. */
function birthOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
