// Files that say which living process holds something: a data folder, the storefront's build.
// A process that was killed leaves its file and no obstacle.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from './postgres/cluster.ts'
import { StartError } from './settings.ts'

interface Owner {
  pid: number
  /** When the process began: a pid may have been given to someone else since. */
  born: string | null
  note: string
}

/** Takes the lock and answers how to give it back, or answers the living owner. */
export function takeLock(file: string, note: string): { release: () => void } | { owner: Owner } {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  const mine: Owner = { pid: process.pid, born: birthOf(process.pid), note }
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        // A link appears whole or not at all, so nobody reads a half-written file.
        linkSync(draft, file)
        return { release: () => rmSync(file, { force: true }) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error
      }
      const owner = readOwner(file)
      if (owner) return { owner }
      rmSync(file, { force: true })
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Takes a data folder for one shop. @returns gives it back @throws StartError when a living shop has it */
export function lockShop(dataDir: string, url: string): () => void {
  const taken = takeLock(path.join(dataDir, 'shop.json'), url)
  if ('release' in taken) return taken.release
  const { note, pid } = taken.owner
  throw new StartError(
    `The shop already runs from this folder: ${note} (process ${pid}). Stop it with Ctrl-C there, or set DATA_DIR and other ports for a second one.`,
  )
}

function readOwner(file: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as Owner
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
