// The operator's commands over the storefront's own verbs. Loaded by operator.ts when the settings are in place: the
// storefront reads them as its modules load.
import { parseArgs } from 'node:util'
import { verifyAudit } from '../storefront/app/domain/audit/verify-audit.server.ts'
import { invitationInput, inviteStaff } from '../storefront/app/domain/identity/staff/invitations.server.ts'
import { by } from '../storefront/app/lib/clock.ts'
import { closeDatabases, db } from '../storefront/app/lib/db.server.ts'
import { isDomainError } from '../storefront/app/lib/errors.ts'
import { StartError } from './settings.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Invites the first owner. @throws StartError with how to ask */
export async function createAdmin(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { email: { type: 'string' }, name: { type: 'string' } } })
  const parsed = invitationInput.safeParse({ email: values.email, name: values.name, role: 'owner' })
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`)
    throw new StartError(
      [...wrong, 'Usage: npm run admin:create -- --email you@shop.example --name "Your Name"'].join('\n'),
    )
  }
  const { url } = await inviteStaff({ ...parsed.data, mail: false }, by('system'))
  say(`${parsed.data.name} becomes an owner of this shop by this link, within three days and once:\n\n  ${url}\n`)
  say('Whoever has the link is let in: hand it to nobody else.')
}

/** Says whether the audit log is what was written. @throws StartError naming the line where it is not */
export async function verify(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { expect: { type: 'string' } } })
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(values.expect ?? '') ?? []
  if (values.expect && !hash) throw new StartError('--expect is <seq>:<hash>, as an earlier look printed it.')
  const verdict = await verifyAudit(db(), hash ? { seq: Number(seq), hash } : undefined)
  if (verdict.intact) {
    say(`The audit log is what was written: ${verdict.lines} lines.`)
    if (verdict.head)
      say(`Keep this elsewhere and hand it in next time (--expect): ${verdict.head.seq}:${verdict.head.hash}`)
    return
  }
  const line = `line ${verdict.seq}${verdict.id ? ` (${verdict.id})` : ''}`
  const words = {
    altered: `${line} is not what was written.`,
    'line missing before': `a line is missing before ${line}.`,
    'line missing at the end': `${line} and what came after it are gone.`,
  }
  throw new StartError(`The audit log was changed: ${words[verdict.why]}`)
}

/** A rule's refusal as a sentence for the terminal; the storefront's connections are closed whatever happened. */
export async function carryOut(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw isDomainError(error) ? new StartError(error.message) : error
  } finally {
    await closeDatabases()
  }
}
