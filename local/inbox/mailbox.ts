// The mails received, newest first: one .eml file each, so that a restart forgets none. Parses, never sends.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser'

/** More than this and the oldest are forgotten. */
const capacity = 1000

export interface Mail {
  id: string
  from: string
  /** The envelope's recipients, blind copies included. */
  to: string[]
  subject: string
  /** ISO 8601 */
  receivedAt: string
  text: string
  html: string | null
  headers: { name: string; value: string }[]
  attachments: { filename: string; contentType: string; bytes: number }[]
}

interface Envelope {
  to: string[]
  receivedAt: string
}

export class Mailbox {
  private mails: { mail: Mail; raw: Buffer }[] = []
  private readonly folder: string | null

  private constructor(folder: string | null) {
    this.folder = folder
  }

  /** @param folder where mails are kept; null keeps them in memory only */
  static async open(folder: string | null): Promise<Mailbox> {
    const box = new Mailbox(folder)
    if (!folder) return box
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const stems = readdirSync(folder)
      .filter((file) => file.endsWith('.eml'))
      .sort()
    for (const file of stems) {
      const id = path.basename(file, '.eml')
      const raw = readFileSync(path.join(folder, file))
      const envelope = JSON.parse(readFileSync(path.join(folder, `${id}.json`), 'utf8')) as Envelope
      box.mails.unshift({ mail: await read(id, raw, envelope), raw })
    }
    return box
  }

  /** Keeps a mail that came in; it is on disk when this resolves. */
  async receive(raw: Buffer, to: string[]): Promise<Mail> {
    const receivedAt = new Date().toISOString()
    const id = `${receivedAt.replace(/\D/g, '')}-${randomBytes(4).toString('hex')}`
    const mail = await read(id, raw, { to, receivedAt })
    if (this.folder) {
      writeFileSync(path.join(this.folder, `${id}.json`), JSON.stringify({ to, receivedAt }), { mode: 0o600 })
      writeFileSync(path.join(this.folder, `${id}.part`), raw, { mode: 0o600 })
      renameSync(path.join(this.folder, `${id}.part`), path.join(this.folder, `${id}.eml`))
    }
    this.mails.unshift({ mail, raw })
    for (const old of this.mails.splice(capacity)) this.forget(old.mail.id)
    return mail
  }

  /** Newest first; `to` matches one whole address, whatever its case. */
  list(filter: { to?: string | undefined; subject?: string | undefined } = {}): Mail[] {
    const to = filter.to?.toLowerCase()
    const words = filter.subject?.toLowerCase()
    return this.mails
      .map(({ mail }) => mail)
      .filter((mail) => !to || mail.to.some((address) => address.toLowerCase() === to))
      .filter((mail) => !words || mail.subject.toLowerCase().includes(words))
  }

  find(id: string): { mail: Mail; raw: Buffer } | null {
    return this.mails.find(({ mail }) => mail.id === id) ?? null
  }

  clear(): void {
    for (const { mail } of this.mails.splice(0)) this.forget(mail.id)
  }

  private forget(id: string): void {
    if (!this.folder) return
    for (const ending of ['eml', 'json']) rmSync(path.join(this.folder, `${id}.${ending}`), { force: true })
  }
}

async function read(id: string, raw: Buffer, envelope: Envelope): Promise<Mail> {
  const parsed = await simpleParser(raw, { skipImageLinks: true, skipTextToHtml: true })
  return {
    id,
    from: addresses(parsed.from)[0] ?? '',
    to: envelope.to.length > 0 ? envelope.to : addresses(parsed.to),
    subject: parsed.subject ?? '(no subject)',
    receivedAt: envelope.receivedAt,
    text: parsed.text ?? '',
    html: parsed.html || null,
    headers: parsed.headerLines.map(({ line }) => header(line)),
    attachments: parsed.attachments.map(attachment),
  }
}

function addresses(field: ParsedMail['to'] | ParsedMail['from']): string[] {
  const objects: AddressObject[] = field ? [field].flat() : []
  return objects.flatMap((object) => object.value.map((each) => each.address ?? each.name))
}

function header(line: string): { name: string; value: string } {
  const at = line.indexOf(':')
  return { name: line.slice(0, at), value: line.slice(at + 1).trim() }
}

function attachment({ filename, contentType, size }: ParsedMail['attachments'][number]) {
  return { filename: filename ?? 'unnamed', contentType, bytes: size }
}
