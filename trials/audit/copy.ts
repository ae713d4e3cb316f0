// COPY over node-postgres without another package: rows from one database into another, or of our own making into a table.
// For tables of the session only.
import type { ClientBase, Connection } from 'pg'

type Wire = Connection & {
  query: (sql: string) => void
  sendCopyFromChunk: (chunk: Buffer) => void
  endCopyFrom: () => void
}

/** What node-postgres asks of a statement that it is handed. */
abstract class Copy {
  readonly done: Promise<void>
  protected settle!: { resolve: () => void; reject: (error: Error) => void }

  constructor(private readonly sql: string) {
    this.done = new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
    })
  }

  submit(connection: Connection): void {
    ;(connection as Wire).query(this.sql)
  }

  handleCommandComplete(): void {}
  handleError(error: Error): void {
    this.settle.reject(error)
  }
  handleReadyForQuery(): void {
    this.settle.resolve()
  }
}

class CopyOut extends Copy {
  readonly chunks: Buffer[] = []
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // A view of the parser's own buffer, which is written over by what comes next.
    this.chunks.push(Buffer.from(chunk))
  }
}

class CopyIn extends Copy {
  constructor(
    sql: string,
    private readonly rows: Buffer,
  ) {
    super(sql)
  }

  handleCopyInResponse(connection: Wire): void {
    connection.sendCopyFromChunk(this.rows)
    connection.endCopyFrom()
  }
}

/** The rows of a query, as COPY writes them. */
export async function copyOut(client: ClientBase, query: string): Promise<Buffer> {
  const copy = new CopyOut(`COPY (${query}) TO STDOUT`)
  client.query(copy as never)
  await copy.done
  return Buffer.concat(copy.chunks)
}

/** Such rows into a table of the same columns. */
export async function copyIn(client: ClientBase, table: string, rows: Buffer): Promise<void> {
  if (rows.length === 0) return
  const copy = new CopyIn(`COPY ${table} FROM STDIN`, rows)
  client.query(copy as never)
  await copy.done
}

const escaped = (text: string): string => text.replace(/[\\\t\n\r]/g, (found) => `\\${found}`)

/** Rows of our own in COPY's text format. */
export const copyRows = (rows: readonly (readonly (string | number | Date | null)[])[]): Buffer =>
  Buffer.from(
    rows
      .map((row) =>
        row
          .map((value) => {
            if (value === null) return '\\N'
            return value instanceof Date ? value.toISOString() : escaped(String(value))
          })
          .join('\t'),
      )
      .map((line) => `${line}\n`)
      .join(''),
  )
