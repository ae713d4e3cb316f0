// Proofs as objects; only this folder imports them.
import { Model } from 'objection'
import type { ProofReport } from '#app/domain/catalog/proof/race.ts'

export class StockProofModel extends Model {
  static override tableName = 'stock_proofs'
  static override jsonAttributes = ['report']
  declare id: string
  declare buyers: number
  declare units: number
  declare askedBy: string
  declare startedAt: Date
  declare finishedAt: Date | null
  declare report: ProofReport | null
  declare failure: string | null
}
