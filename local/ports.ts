// Whether ports are free, and finding free ones. Opens and closes; never keeps a port.
import { createServer } from 'node:net'
import { type PortName, portVariable, type Settings, StartError } from './settings.ts'

/** @throws StartError naming the first port that is taken and the variable that moves it */
export async function requireFreePorts(settings: Settings): Promise<void> {
  const needed = portNames(settings)
  const seen = new Map<number, PortName>()
  for (const name of needed) {
    const port = settings.ports[name]
    const other = seen.get(port)
    if (other) throw new StartError(`${portVariable(name)}: port ${port} is also that of ${other}. Set another.`)
    seen.set(port, name)
    if (await isTaken(port)) {
      throw new StartError(
        `Port ${port} (${name}) is taken. Stop what uses it, or set ${portVariable(name)} to another.`,
      )
    }
  }
}

function portNames({ runsPayments, runsInbox }: Settings): PortName[] {
  const standIns: PortName[] = [
    ...(runsPayments ? ['payments' as const] : []),
    ...(runsInbox ? ['inbox' as const, 'inbox SMTP' as const] : []),
  ]
  return ['storefront', 'catalog-api', 'notifier', ...standIns]
}

/** Looks at all addresses and at the loopback alone: a program may hold either. */
async function isTaken(port: number): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1']) {
    const problem = await tryListening(port, host)
    if (problem === 'EADDRINUSE') return true
    if (problem === 'EACCES')
      throw new StartError(`Port ${port} needs more rights than this user has. Set one above 1023.`)
  }
  return false
}

function tryListening(port: number, host: string | undefined): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)))
  })
}

/** Variables that put every process on a free port, for a second shop beside the first. */
export async function freePorts(): Promise<Record<string, string>> {
  const names: PortName[] = ['storefront', 'catalog-api', 'notifier', 'payments', 'inbox', 'inbox SMTP']
  const probes = await Promise.all(names.map(() => openAny()))
  const found = names.map((name, index) => [portVariable(name), String(probes[index]?.port)])
  await Promise.all(probes.map(({ close }) => close()))
  return Object.fromEntries(found)
}

function openAny(): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      resolve({ port, close: () => new Promise((closed) => probe.close(() => closed())) })
    })
  })
}
