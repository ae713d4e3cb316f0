// What the stand-in remembers: Stripe's objects, the webhooks still to deliver, answers by idempotency key.
// An append-only journal, one line a transaction, so that a kill at any moment loses nothing that was answered.
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'

/** A stored object: Stripe's fields, and ours behind an underscore. */
export interface Thing {
  id: string
  object: string
  /** Seconds since 1970, as Stripe counts. */
  created: number
  [field: string]: unknown
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** An id as Stripe makes them: prefix and random letters. */
export function newId(prefix: string, length = 24): string {
  return prefix + Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('')
}

export class Store {
  private readonly things = new Map<string, Thing>()
  private readonly kinds = new Map<string, Map<string, Thing>>()
  private readonly journal: string | null
  private file: number | null = null
  private batch: Map<string, Thing | undefined> | null = null
  /** Seconds added to the clock by tests. */
  clockOffset = 0

  /** @param folder where the journal is kept; null keeps everything in memory only */
  constructor(folder: string | null) {
    this.journal = folder && path.join(folder, 'journal.jsonl')
    if (folder) mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.load()
  }

  /** Seconds since 1970. */
  now(): number {
    return Math.floor(Date.now() / 1000) + this.clockOffset
  }

  find(id: string): Thing | null {
    return this.things.get(id) ?? null
  }

  /** All objects of a kind, newest first. */
  list(object: string): Thing[] {
    return [...(this.kinds.get(object)?.values() ?? [])].reverse()
  }

  /**
   * Runs `work` as a whole: all its puts are written in one line, or none when it throws. Never asynchronous, so that
   * two requests cannot interleave.
   */
  transaction<T>(work: () => T): T {
    if (this.batch) return work()
    const before = new Map<string, Thing | undefined>()
    this.batch = before
    try {
      const result = work()
      this.append([...before.keys()].map((id) => this.things.get(id) ?? { id, gone: true }))
      return result
    } catch (error) {
      for (const [id, thing] of before) {
        if (thing) this.set(thing)
        else this.unset(id)
      }
      throw error
    } finally {
      this.batch = null
    }
  }

  /** Stores an object, new or changed. @returns what was stored */
  put<T extends Thing>(thing: T): T {
    return this.transaction(() => {
      this.remember(thing.id)
      this.set(thing)
      return thing
    })
  }

  /** Stores an object with some fields changed. */
  change(thing: Thing, fields: Partial<Thing>): Thing {
    return this.put({ ...thing, ...fields })
  }

  remove(id: string): void {
    this.transaction(() => {
      this.remember(id)
      this.unset(id)
    })
  }

  close(): void {
    if (this.file !== null) closeSync(this.file)
    this.file = null
  }

  private set(thing: Thing): void {
    this.things.set(thing.id, thing)
    const kind = this.kinds.get(thing.object) ?? new Map<string, Thing>()
    this.kinds.set(thing.object, kind.set(thing.id, thing))
  }

  private unset(id: string): void {
    const thing = this.things.get(id)
    this.things.delete(id)
    if (thing) this.kinds.get(thing.object)?.delete(id)
  }

  private remember(id: string): void {
    if (this.batch && !this.batch.has(id)) this.batch.set(id, this.things.get(id))
  }

  private append(changed: unknown[]): void {
    if (this.file === null || changed.length === 0) return
    writeSync(this.file, `${JSON.stringify(changed)}\n`)
  }

  private load(): void {
    if (!this.journal) return
    if (existsSync(this.journal)) {
      for (const line of readFileSync(this.journal, 'utf8').split('\n')) this.replay(line)
    }
    // Begin with a compact journal: what lives now, one line each. A kill here leaves the old one in place.
    const compact = [...this.things.values()].map((thing) => `${JSON.stringify([thing])}\n`).join('')
    writeFileSync(`${this.journal}.new`, compact, { mode: 0o600 })
    renameSync(`${this.journal}.new`, this.journal)
    this.file = openSync(this.journal, 'a', 0o600)
  }

  private replay(line: string): void {
    let changed: (Thing & { gone?: boolean })[]
    try {
      changed = JSON.parse(line) as (Thing & { gone?: boolean })[]
    } catch {
      // an empty line, or the half line of a killed write: that transaction was never answered
      return
    }
    for (const thing of changed) {
      if (thing.gone) this.unset(thing.id)
      else this.set(thing)
    }
  }
}
