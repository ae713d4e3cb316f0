// Counts SQL statements: a page must not send more of them because there are more rows.
import { db } from '#app/lib/db.server.ts'

/** The SQL statements that `work` sends, BEGIN and COMMIT left out. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = []
  const listen = ({ sql }: { sql: string }) => void statements.push(sql)
  db().on('query', listen)
  try {
    await work()
  } finally {
    db().off('query', listen)
  }
  return statements.filter((sql) => !/^(BEGIN|COMMIT|ROLLBACK)/i.test(sql))
}
