// What the notifier asks of those that carry messages. A new provider implements one of these two and nothing else.
// Both throw DeliveryFailure: `unreachable` (could not ask), `refused` (not now), `rejected` (never).

/** What a provider said when it took a message. */
export type Accepted = { messageId: string; answer: string }

/** How the mail server was when last asked. `at` is null before the first time. */
export type TransportState = { state: 'unknown' | 'up' | 'down'; at: Date | null; reason: string | null }

/** `unsubscribeUrl`: announced in the headers, so that mail readers can show a button of their own (RFC 8058). */
export type OutgoingMail = { to: string; subject: string; html: string; text: string; unsubscribeUrl?: string | null }

export interface MailTransport {
  /** Hands over one mail. `key` is the same at each try of the same message. Ends within 25 s. */
  send(mail: OutgoingMail, key: string): Promise<Accepted>
  state(): TransportState
  /** Asks the server whether mail would be taken now; never throws. */
  probe(): Promise<boolean>
  close(): void
}

export interface SmsProvider {
  /** Hands over one short message. `key` is the same at each try of the same message. */
  send(sms: { to: string; text: string }, key: string): Promise<Accepted>
}
