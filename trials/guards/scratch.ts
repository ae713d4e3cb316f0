// A copy of the checkout in which guards are taken away, one at a time. The checkout itself is only read.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../../local/settings.ts'
import type { Cut, Removal } from './guard.ts'

/** What nobody tests here, and what is large. */
const leftOut = /^(seeds\/.*\.webp|storefront\/public\/|\.github\/)/

/** A migration of no number that is ever given: the last one. */
const migrationName = '999_a_guard_is_gone.ts'

export class Scratch {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'highstreet-guards-'))

  constructor() {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
      cwd: root,
      maxBuffer: 1 << 26,
    })
    for (const file of files.toString().split('\0')) {
      if (!file || leftOut.test(file)) continue
      mkdirSync(path.join(this.folder, path.dirname(file)), { recursive: true })
      cpSync(path.join(root, file), path.join(this.folder, file), { force: true })
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'), 'dir')
  }

  /** Takes the guard away, runs `work` without it, and puts it back. Throws when its text is not there exactly once. */
  async without<T>(removal: Removal, work: () => Promise<T>): Promise<T> {
    const putBack = 'sql' in removal ? this.#migrateAway(removal) : this.#cutOut(removal.cuts)
    try {
      return await work()
    } finally {
      putBack()
    }
  }

  #cutOut(cuts: readonly Cut[]): () => void {
    const before = new Map<string, string>()
    for (const { file, text, instead } of cuts) {
      const at = path.join(this.folder, file)
      const source = readFileSync(at, 'utf8')
      const broken = cutText(source, { file, text, instead })
      if (!before.has(at)) before.set(at, source)
      writeFileSync(at, broken)
    }
    return () => {
      for (const [at, source] of before) writeFileSync(at, source)
    }
  }

  /** One more migration: the tests' databases are made with it, and without the guard. */
  #migrateAway({ database, sql }: Extract<Removal, { sql: string }>): () => void {
    const at = path.join(this.folder, 'migrations', database, migrationName)
    const up = `await (knex as { raw: (sql: string) => Promise<unknown> }).raw(${JSON.stringify(sql.replaceAll('?', '\\?'))})`
    writeFileSync(at, `export async function up(knex: unknown) {\n  ${up}\n}\nexport async function down() {}\n`)
    return () => rmSync(at, { force: true })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The source without the guard. Throws when the text is not there exactly once: the list is not of today's source. */
export function cutText(source: string, { file, text, instead }: Cut): string {
  const times = source.split(text).length - 1
  if (times !== 1) throw new Error(`${file}: found ${times} times, not once: ${text.split('\n')[0]}`)
  return source.split(text).join(instead)
}
