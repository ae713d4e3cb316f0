// COPY … FROM STDIN over node-postgres without another package: rows are made while the server takes in the ones before.
import type { Client, Connection } from 'pg'

const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

export type Value = string | number | boolean | null

/** One line of COPY's text format. */
export function copyLine(values: readonly Value[]): string {
  let line = ''
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    if (at > 0) line += '\t'
    if (value === null || value === undefined) line += '\\N'
    else if (typeof value === 'string' && special.test(value))
      line += value.replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found)
    else line += value
  }
  return `${line}\n`
}

/** Bytes that grow line by line: joined strings of a thousand products would keep the garbage collector busier than the rows. */
export class Lines {
  #bytes = Buffer.allocUnsafeSlow(1 << 20)
  #length = 0

  add(values: readonly Value[]): void {
    const line = copyLine(values)
    if (this.#length + line.length * 3 > this.#bytes.length) {
      const wider = Buffer.allocUnsafeSlow(this.#bytes.length * 2)
      this.#bytes.copy(wider, 0, 0, this.#length)
      this.#bytes = wider
    }
    this.#length += this.#bytes.write(line, this.#length)
  }

  /** What was added since the last time. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#bytes.subarray(0, this.#length))
    this.#length = 0
    return taken
  }
}

/** A Postgres array of texts. */
export const textArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`

/** What node-postgres asks of a statement that it is handed (`pg.Submittable` and the answers it gets). */
class CopyIn {
  readonly done: Promise<void>
  private settle!: { resolve: () => void; reject: (error: Error) => void }

  constructor(
    private readonly sql: string,
    private readonly lines: Uint8Array<ArrayBuffer>,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
    })
  }

  submit(connection: Connection): void {
    ;(connection as unknown as { query: (sql: string) => void }).query(this.sql)
  }

  handleCopyInResponse(connection: { sendCopyFromChunk: (chunk: Buffer) => void; endCopyFrom: () => void }): void {
    connection.sendCopyFromChunk(Buffer.from(this.lines.buffer, this.lines.byteOffset, this.lines.length))
    connection.endCopyFrom()
  }

  handleCommandComplete(): void {}
  handleError(error: Error): void {
    this.settle.reject(error)
  }
  handleReadyForQuery(): void {
    this.settle.resolve()
  }
}

/** Sends rows to a table and ends when the server has them. `options` stand in COPY's parentheses. */
export function copyInto(
  client: Client,
  table: string,
  columns: string,
  lines: Uint8Array<ArrayBuffer>,
  options = '',
): Promise<void> {
  if (lines.length === 0) return Promise.resolve()
  const sql = `COPY ${table} (${columns}) FROM STDIN${options ? ` WITH (${options})` : ''}`
  const copy = new CopyIn(sql, lines)
  client.query(copy as never)
  return copy.done
}
