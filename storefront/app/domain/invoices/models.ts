// The tables invoices and document_counters. Imported only inside this folder.
import { Model } from 'objection'
import type { DocumentSnapshot } from '#app/domain/invoices/document.ts'

export type DocumentKind = 'invoice' | 'credit_note' | 'withdrawal'

export class Invoice extends Model {
  static override tableName = 'invoices'
  static override jsonAttributes = ['snapshot']
  declare id: string
  declare number: string
  declare series: 'invoice' | 'credit_note'
  declare year: number
  declare sequence: number
  declare kind: DocumentKind
  declare orderId: string
  declare refundId: string | null
  declare currency: string
  declare totalMinor: number
  declare snapshot: DocumentSnapshot
  declare issuedAt: Date
}
