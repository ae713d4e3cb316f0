// The tables returns and return_lines. Imported only inside this folder.
import { Model } from 'objection'
import type { ReturnReason, ReturnStatus } from '#app/domain/returns/return-status.ts'

export class Return extends Model {
  static override tableName = 'returns'
  declare id: string
  declare number: string
  declare formKey: string
  declare orderId: string
  declare status: ReturnStatus
  declare note: string | null
  declare staffNote: string | null
  declare restockPending: boolean
  declare requestedBy: string
  declare requestedAt: Date
  declare decidedAt: Date | null
  declare receivedAt: Date | null
  declare closedAt: Date | null
  declare updatedAt: Date
}

export class ReturnLine extends Model {
  static override tableName = 'return_lines'
  static override idColumn = ['returnId', 'sku']
  declare returnId: string
  declare sku: string
  declare title: string
  declare variantTitle: string
  declare quantity: number
  declare reason: ReturnReason
  declare receivedQuantity: number | null
  declare restock: boolean | null
}
