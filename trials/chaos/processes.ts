// Processes that are killed and come back: what a supervisor does in production. Each is killed by kill -9, by whoever
// calls or by itself at a failpoint; none is ever asked politely until the end.
import type { ChildProcess } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runNode } from '../../local/children.ts'

export type ProcessSpec = {
  name: string
  script: string
  env: Record<string, string | undefined>
  health: string
}

export class Processes {
  readonly #specs = new Map<string, ProcessSpec>()
  readonly #running = new Map<string, ChildProcess>()
  readonly #logs: string
  #stopping = false
  /** How often each process ended since the start, by whatever hand. */
  readonly deaths = new Map<string, number>()
  /** Who died last. */
  lastDead = ''

  constructor(dataDir: string) {
    this.#logs = path.join(dataDir, 'logs')
    mkdirSync(this.#logs, { recursive: true })
  }

  /** Starts it and waits until it answers. */
  async start(spec: ProcessSpec): Promise<void> {
    this.#specs.set(spec.name, spec)
    this.#launch(spec)
    await this.answers(spec.name)
  }

  #launch(spec: ProcessSpec): void {
    const child = runNode([spec.script], { env: spec.env, output: 'pipe' })
    this.#running.set(spec.name, child)
    const log = createWriteStream(path.join(this.#logs, `${spec.name}.log`), { flags: 'a' })
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    child.once('close', () => log.end())
    child.once('exit', () => {
      this.lastDead = spec.name
      this.deaths.set(spec.name, (this.deaths.get(spec.name) ?? 0) + 1)
      setTimeout(() => !this.#stopping && this.#launch(spec), 100)
    })
  }

  /** kill -9. It starts again by itself. */
  kill(name: string): void {
    this.#running.get(name)?.kill('SIGKILL')
  }

  /** Asks it to end, as a deploy does, and resolves when it is gone. It starts again by itself. */
  leave(name: string): Promise<void> {
    const child = this.#running.get(name)
    return new Promise((resolve) => {
      if (!child) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
  }

  /** Waits until the process answers its health check. Throws after `withinMs`. */
  async answers(name: string, withinMs = 60_000): Promise<void> {
    const health = this.#specs.get(name)?.health ?? ''
    for (const end = Date.now() + withinMs; Date.now() < end; ) {
      const answer = await fetch(health, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
      await answer?.body?.cancel()
      if (answer?.ok) return
      await sleep(50)
    }
    throw new Error(`${name} does not come back: see ${path.join(this.#logs, `${name}.log`)}`)
  }

  /** The process's number now; another one after it came back. */
  pidOf = (name: string): number => this.#running.get(name)?.pid ?? 0

  names = (): string[] => [...this.#specs.keys()]

  /** Waits until everybody answers. Throws after `withinMs`. */
  allAnswer = (withinMs?: number): Promise<unknown> =>
    Promise.all(this.names().map((name) => this.answers(name, withinMs)))

  /** The last lines of a process's log, for whoever has to find out. */
  lastWords(name: string, lines = 5): string[] {
    return readFileSync(path.join(this.#logs, `${name}.log`), 'utf8')
      .trim()
      .split('\n')
      .slice(-lines)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    const ends = [...this.#running.values()].map(
      (child) =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve()
          child.once('exit', () => resolve())
          child.kill('SIGTERM')
          setTimeout(() => child.kill('SIGKILL'), 8_000).unref()
        }),
    )
    await Promise.all(ends)
  }
}
