// The documents of an order, to be shown: frozen rows, nothing worked out again. Whose order it is, its page asks.
import type { ModelObject } from 'objection'
import { type DocumentKind, Invoice } from '#app/domain/invoices/models.ts'
import { db } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'

export type { DocumentKind }

/** An issued document: data, to be read only. */
export type IssuedDocument = Readonly<ModelObject<Invoice>>
export type DocumentSummary = Pick<IssuedDocument, 'number' | 'kind' | 'totalMinor' | 'currency' | 'issuedAt'>

/** Invoice, credit notes and withdrawals of an order, oldest first. */
export async function listDocumentsOf(orderId: string): Promise<DocumentSummary[]> {
  return Invoice.query(db())
    .where({ orderId })
    .orderByRaw("kind = 'invoice' DESC, issued_at, sequence")
    .select('number', 'kind', 'totalMinor', 'currency', 'issuedAt')
}

/** The order's document of that number, its invoice when none is named. Throws not_found. */
export async function getDocument(orderId: string, number?: string): Promise<IssuedDocument> {
  const found = await Invoice.query(db()).findOne(
    number === undefined ? { orderId, kind: 'invoice' } : { orderId, number },
  )
  if (!found) throw notFound(number === undefined ? 'The invoice' : 'The document')
  return found
}
