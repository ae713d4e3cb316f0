// A message as pages show it: what it was, how it stands, and what the provider answered. Shapes and words only. Pure.

export const messageStates = ['sent', 'waiting', 'parked', 'expired', 'unwanted'] as const
export type MessageState = (typeof messageStates)[number]

/** The words staff read. */
export const messageStateLabel: Record<MessageState, string> = {
  sent: 'Sent',
  waiting: 'Waiting',
  parked: 'Needs a person',
  expired: 'Too late, not sent',
  unwanted: 'Turned off by the reader',
}

export type MessageDelivery = {
  channel: 'email' | 'sms'
  status: 'sending' | 'sent' | 'failed' | 'suppressed'
  attempts: number
  /** What the provider calls it. */
  messageId: string | null
  /** What the provider said last. */
  answer: string | null
  sentAt: Date | null
}

export type MessageView = {
  id: string
  topic: string
  label: string
  state: MessageState
  /** Was asked for by staff, after the first one. */
  isResend: boolean
  createdAt: Date
  /** When it was sent, parked or given up; null while it waits. */
  endedAt: Date | null
  nextAttemptAt: Date
  attempts: number
  lastError: string | null
  /** Where it goes; null for the shopkeeper's own. */
  to: string | null
  orderNumber: string | null
  deliveries: MessageDelivery[]
  /** Staff may have it sent once more. */
  canResend: boolean
  /** A parked one may be tried again. */
  canRelease: boolean
}
