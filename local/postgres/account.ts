// Decides under which account Postgres runs, since it refuses to run as root, and ties its life to ours.
// Never makes an account and never loosens the rights of a folder of the checkout.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync } from 'node:fs'
import { chown, cp, mkdir, readdir, symlink } from 'node:fs/promises'
import { userInfo } from 'node:os'
import path from 'node:path'
import { PostgresError, program } from './binaries.ts'

const nobody = 65534

/** How to start a program of Postgres: what stands before it, as whom, and where its files are. */
export interface Account {
  /** Words before the command, e.g. `unshare --user … --`. */
  before: string[]
  /** Also before the server's command: it makes the server shut down when its parent is killed. */
  beforeServer: string[]
  uid?: number
  gid?: number
  native: string
  /** Holds `cluster/`; the asked-for folder, or its double where only `nobody` may write. */
  home: string
  /** Hands a file made by us to the account, where that is needed. */
  give: (file: string) => void
}

/**
 * The account for `home`, an existing folder of the caller. Ordinary users run Postgres as themselves; root through a
 * user namespace in which it is `nobody` (files stay root's); where that is refused, as uid 65534 below /var/lib.
 * A user without a name goes through the namespace too.
 * @throws PostgresError when none of this is possible
 */
export async function chooseAccount(native: string, home: string): Promise<Account> {
  const beforeServer = works('setpriv', ['--pdeathsig', 'INT', 'true']) ? ['setpriv', '--pdeathsig', 'INT', '--'] : []
  const plain: Account = { before: [], beforeServer, native, home, give: () => undefined }
  const isRoot = process.getuid?.() === 0
  if (!isRoot && hasName()) return plain
  if (process.platform !== 'linux') {
    throw new PostgresError('Postgres refuses to run as root. Start the shop as an ordinary user.')
  }
  const namespace = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--']
  const probe = 'test -w "$1" && "$2" --version >/dev/null'
  const asked = [...namespace, 'sh', '-c', probe, 'sh', home, program(native, 'postgres')]
  if (works(asked[0] as string, asked.slice(1))) return { ...plain, before: namespace }
  if (isRoot) return asNobody(plain)
  throw new PostgresError(`Postgres needs a user with a name, and user ${process.getuid?.()} has none in /etc/passwd.`)
}

/** A container may run us as a number without a name, which Postgres' programs refuse. */
function hasName(): boolean {
  try {
    return Boolean(userInfo().username)
  } catch {
    return false
  }
}

function works(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
}

async function asNobody(plain: Account): Promise<Account> {
  const mark = createHash('sha256').update(plain.home).digest('hex').slice(0, 12)
  const root = path.join('/var/lib/highstreet', mark)
  const native = path.join(root, 'native')
  const home = path.join(root, 'data')
  await mkdir(root, { recursive: true, mode: 0o755 })
  await mkdir(home, { recursive: true, mode: 0o700 })
  if (!(await readdir(root)).includes('native')) {
    await cp(plain.native, native, { recursive: true, verbatimSymlinks: true })
  }
  await chown(home, nobody, nobody)
  // Tools look for the running server in the asked-for folder.
  await symlink(path.join(home, 'cluster'), path.join(plain.home, 'cluster')).catch(() => undefined)
  const give = (file: string) => chownSync(file, nobody, nobody)
  return { ...plain, uid: nobody, gid: nobody, native, home, give }
}
