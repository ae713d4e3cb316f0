// The table audit_log. Imported only inside this folder.
import { Model } from 'objection'

export type Facts = Record<string, unknown>

export class AuditModel extends Model {
  static override tableName = 'audit_log'
  static override jsonAttributes = ['before', 'after']
  declare id: string
  declare seq: number
  declare actorId: string | null
  declare actorName: string
  declare action: string
  declare subject: string
  declare before: Facts | null
  declare after: Facts | null
  declare ipPrefix: string | null
  declare requestId: string | null
  declare createdAt: Date
  /** Of this line and the one before it, made by the database (migration 009). */
  declare hash: Buffer
}
