// Resident memory of the shop's Node processes, from /proc (Linux only). Postgres is not counted.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Megabytes of all Node descendants of this process, or `not measured` where there is no /proc. */
export function memoryOfChildren(): number | string {
  if (!existsSync('/proc/self/status')) return 'not measured'
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, ...inspect(pid) }))
  const family = new Set([String(process.pid)])
  for (let grown = true; grown; ) {
    const size = family.size
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid)
    grown = family.size > size
  }
  const kilobytes = processes
    .filter(({ pid, name }) => pid !== String(process.pid) && family.has(pid) && !name.startsWith('postgres'))
    .reduce((sum, { resident }) => sum + resident, 0)
  return Math.round(kilobytes / 1024)
}

function inspect(pid: string): { name: string; parent: string; resident: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? ''
    return { name: field('Name'), parent: field('PPid'), resident: Number(field('VmRSS') || 0) }
  } catch {
    // It ended while we looked.
    return { name: '', parent: '', resident: 0 }
  }
}
