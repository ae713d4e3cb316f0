// The one way a message fails, with what it means for the next try. Pure.

/**
 * Why a message did not go out. `unreachable`: the provider could not be asked (down, wrong login), the message is not to
 * blame. `refused`: it answered "not now", or we failed ourselves. `rejected`: it answered "never" for this message.
 */
export type FailureKind = 'unreachable' | 'refused' | 'rejected'

/** Thrown by transports and by `deliver`; `message` is fit for `outbox.last_error` and names no recipient. */
export class DeliveryFailure extends Error {
  readonly kind: FailureKind
  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
