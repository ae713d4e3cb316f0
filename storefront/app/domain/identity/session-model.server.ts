// The sessions table: only the SHA-256 of a token is ever in it. Imported only inside this folder.
import { Model } from 'objection'

export class SessionModel extends Model {
  static override tableName = 'sessions'
  static override idColumn = 'idHash'
  declare idHash: Buffer
  declare userId: string
  declare createdAt: Date
  declare lastSeenAt: Date
  declare idleExpiresAt: Date
  declare absoluteExpiresAt: Date
  declare userAgent: string | null
  declare ipPrefix: string | null
}
