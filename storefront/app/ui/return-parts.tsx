// What shopper and staff both see of a return: its state and its things.
import type { ReturnView } from '#app/domain/returns/queries.server.ts'
import { type ReturnStatus, returnReasonLabel } from '#app/domain/returns/return-status.ts'
import { StatusBadge } from './parts.tsx'

const tones: Record<ReturnStatus, 'good' | 'warn' | 'bad' | 'info'> = {
  requested: 'warn',
  approved: 'info',
  received: 'warn',
  refunded: 'good',
  rejected: 'bad',
  cancelled: 'info',
}

export const ReturnStatusBadge = ({ status, label }: { status: ReturnStatus; label: string }) => (
  <StatusBadge tone={tones[status]}>{label}</StatusBadge>
)

export function ReturnLines({ lines }: { lines: ReturnView['lines'] }) {
  return (
    <ul className="grid gap-1">
      {lines.map((line) => (
        <li key={line.sku}>
          {line.quantity} × {line.title} <span className="text-muted">{line.variantTitle}</span>
          <span className="block text-sm text-muted">
            {returnReasonLabel[line.reason]}
            {line.receivedQuantity !== null && ` · ${line.receivedQuantity} arrived`}
          </span>
        </li>
      ))}
    </ul>
  )
}
