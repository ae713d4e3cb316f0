// Starts the shop's processes, keeps their logs, shows their warnings, starts them again when they die.
// Each is a process group of its own, so that Ctrl-C reaches the starter alone, and each ends when the starter ends.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { root, StartError } from './settings.ts'

export interface ChildSpec {
  name: string
  /** Script and its arguments, from the root of the checkout. */
  script: string[]
  /** Flags of node, before the script. */
  flags?: string[]
  env: Record<string, string | undefined>
  /** Answers 200 when the process is ready. */
  health: string
}

export interface Console {
  say: (line: string) => void
  /** Show every line of the processes, not only warnings. */
  verbose: boolean
  logs: string
}

const stopWithin = 7_500
const readyWithin = 60_000
const crashesAllowed = 5

let tie: { before: string[]; flags: string[]; channel: 'ipc'[] } | undefined

/** On Linux the kernel ends a child at our death; elsewhere leave-with-parent.mjs notices that our pipe is closed. */
function tiedToUs() {
  const preload = pathToFileURL(path.join(import.meta.dirname, 'leave-with-parent.mjs')).href
  const hasSetpriv = () => spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0
  tie ??=
    process.platform === 'linux' && hasSetpriv()
      ? { before: ['setpriv', '--pdeathsig', 'TERM', '--'], flags: [], channel: [] }
      : { before: [], flags: ['--import', preload], channel: ['ipc'] }
  return tie
}

export interface RunOptions {
  env: Record<string, string | undefined>
  /** Where its words go: to the caller, or straight to this terminal. */
  output: 'pipe' | 'inherit'
  /** Ends it politely. */
  signal?: AbortSignal | undefined
  flags?: string[] | undefined
  /** Unset: the root of the checkout. */
  cwd?: string
}

/** Runs a script under tsx, tied to our life. */
export function runNode(script: string[], options: RunOptions): ChildProcess {
  const { before, flags, channel } = tiedToUs()
  const words = [...before, process.execPath, ...(options.flags ?? []), ...flags, '--import', 'tsx', ...script]
  const [command, ...args] = words as [string, ...string[]]
  return spawn(command, args, {
    cwd: options.cwd ?? root,
    env: options.env as NodeJS.ProcessEnv,
    detached: true,
    signal: options.signal,
    stdio: ['ignore', options.output, options.output, ...channel],
  })
}

export class Child {
  readonly spec: ChildSpec
  private readonly console: Console
  private readonly log: WriteStream
  private process: ChildProcess | null = null
  private lastWords: string[] = []
  private stopping = false
  private crashes: number[] = []
  private readonly gaveUp: (error: StartError) => void
  private ready = false

  /** @param gaveUp called once when the process has died too often */
  constructor(spec: ChildSpec, console: Console, gaveUp: (error: StartError) => void) {
    this.spec = spec
    this.console = console
    this.gaveUp = gaveUp
    mkdirSync(console.logs, { recursive: true, mode: 0o700 })
    this.log = createWriteStream(path.join(console.logs, `${spec.name}.log`), { flags: 'w', mode: 0o600 })
  }

  /** Starts it and waits for its health check. @throws StartError with its last words when it ends before */
  async start(): Promise<void> {
    this.launch()
    const started = this.process
    for (let waited = 0; waited < readyWithin; waited += 100) {
      if (this.stopping) return
      if (!started || started.exitCode !== null || started.signalCode !== null)
        throw this.failure('ended while starting')
      if (await answers(this.spec.health)) {
        this.ready = true
        return
      }
      await sleep(100)
    }
    throw this.failure(`did not answer ${this.spec.health} within a minute`)
  }

  /** Ends it politely, by force after a while. */
  async stop(): Promise<void> {
    this.stopping = true
    await this.end()
    this.log.end()
  }

  /** Ends it and starts it anew, for a changed source. */
  async restart(): Promise<void> {
    this.ready = false
    await this.end()
    if (this.stopping) return
    await this.start().catch((error: Error) => this.console.say(error.message))
  }

  private async end(): Promise<void> {
    const ending = this.process
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    ending.kill('SIGTERM')
    const force = setTimeout(() => ending.kill('SIGKILL'), stopWithin)
    await ended
    clearTimeout(force)
  }

  private launch(): void {
    this.lastWords = []
    const child = runNode(this.spec.script, { env: this.spec.env, output: 'pipe', flags: this.spec.flags })
    this.process = child
    child.on('error', (error) => this.note(error.message, true))
    this.listen(child.stdout, false)
    this.listen(child.stderr, true)
    child.once('exit', (code, signal) => {
      if (child === this.process && this.ready && !this.stopping) void this.revive(code, signal)
    })
  }

  private listen(stream: ChildProcess['stdout'], isError: boolean): void {
    let rest = ''
    stream?.setEncoding('utf8')
    stream?.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) this.note(line, isError)
    })
  }

  private note(line: string, isError: boolean): void {
    if (!line.trim()) return
    if (!this.log.writableEnded) this.log.write(`${line}\n`)
    const told = wordsOf(line, isError)
    if (told.worthShowing) this.lastWords = [...this.lastWords, told.words].slice(-12)
    // While it starts, its last words are told once, by the error of start().
    if (this.console.verbose || (told.worthShowing && this.ready))
      this.console.say(`${this.spec.name.padEnd(11)} ${told.words}`)
  }

  private async revive(code: number | null, signal: string | null): Promise<void> {
    this.ready = false
    const now = Date.now()
    this.crashes = [...this.crashes.filter((at) => at > now - 60_000), now]
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
    if (this.crashes.length > crashesAllowed) {
      return this.gaveUp(this.failure(`${how} for the ${this.crashes.length}th time in a minute`))
    }
    const wait = Math.min(10_000, 250 * 2 ** this.crashes.length)
    this.console.say(`${this.spec.name} ${how}; starting it again`)
    await sleep(wait)
    if (this.stopping) return
    await this.start().then(
      () => this.console.say(`${this.spec.name} is back`),
      () => this.revive(this.process?.exitCode ?? null, this.process?.signalCode ?? null),
    )
  }

  private failure(what: string): StartError {
    const said = this.lastWords.length > 0 ? `\n${this.lastWords.join('\n')}` : ''
    const log = path.relative(process.cwd(), path.join(this.console.logs, `${this.spec.name}.log`))
    return new StartError(`${this.spec.name} ${what}.${said}\nIts log: ${log}`)
  }
}

/** What a line of a log says to a person: pino's message when it is JSON, else itself. */
function wordsOf(line: string, isError: boolean): { words: string; worthShowing: boolean } {
  try {
    const entry = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string }; requestId?: string }
    if (typeof entry.level !== 'number') return { words: line, worthShowing: isError }
    const words = [entry.msg, entry.err?.message, entry.requestId && `(request ${entry.requestId})`]
      .filter(Boolean)
      .join(' · ')
    return { words, worthShowing: entry.level >= 40 }
  } catch {
    return { words: line, worthShowing: isError }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
