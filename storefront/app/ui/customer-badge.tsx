// In what state a customer's account is, in words.
import { StatusBadge } from './parts.tsx'

export const customerStatuses = [
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Shut out' },
  { value: 'deleted', label: 'Deleted' },
]

export function CustomerBadge({ customer }: { customer: { status: string; emailVerified: boolean } }) {
  if (customer.status === 'disabled') return <StatusBadge tone="bad">Shut out</StatusBadge>
  if (customer.status === 'deleted') return <StatusBadge tone="info">Deleted</StatusBadge>
  if (!customer.emailVerified) return <StatusBadge tone="warn">E-mail not confirmed</StatusBadge>
  return <StatusBadge tone="good">Active</StatusBadge>
}
