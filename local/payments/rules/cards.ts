// Stripe's test cards and what each does. Pure: numbers in, outcomes out; no real card is ever accepted.

export interface Decline {
  code: string
  declineCode?: string
  message: string
  /** The field of the payment page the message belongs to. */
  field: 'number' | 'expiry' | 'cvc'
}

export interface CardBehaviour {
  brand: string
  /** Asks for a 3-D Secure step first. */
  challenge?: boolean
  decline?: Decline
  refund?: 'pending' | 'fails_later'
  dispute?: 'fraudulent' | 'product_not_received'
  /** Stripe's `pm_card_…` names for the same card. */
  names: string[]
  /** One word for the list of hints on the payment page. */
  hint?: string
}

function declined(declineCode: string, message: string): Decline {
  return { code: 'card_declined', declineCode, message, field: 'number' }
}

const genericDecline = declined('generic_decline', 'Your card was declined.')
const insufficientFunds = declined('insufficient_funds', 'Your card has insufficient funds.')

/** By number, without blanks. */
export const cards: Record<string, CardBehaviour> = {
  '4242424242424242': { brand: 'visa', names: ['pm_card_visa'], hint: 'succeeds' },
  '4000056655665556': { brand: 'visa', names: ['pm_card_visa_debit'] },
  '5555555555554444': { brand: 'mastercard', names: ['pm_card_mastercard'] },
  '378282246310005': { brand: 'amex', names: ['pm_card_amex'] },
  '4000000000000077': { brand: 'visa', names: ['pm_card_bypassPending'] },
  '4000000000000002': {
    brand: 'visa',
    decline: genericDecline,
    names: ['pm_card_chargeDeclined', 'pm_card_visa_chargeDeclined'],
    hint: 'is declined',
  },
  '4000000000009995': {
    brand: 'visa',
    decline: insufficientFunds,
    names: ['pm_card_chargeDeclinedInsufficientFunds', 'pm_card_visa_chargeDeclinedInsufficientFunds'],
    hint: 'has insufficient funds',
  },
  '4000000000009987': {
    brand: 'visa',
    decline: declined('lost_card', 'Your card was declined.'),
    names: ['pm_card_visa_chargeDeclinedLostCard'],
  },
  '4000000000009979': {
    brand: 'visa',
    decline: declined('stolen_card', 'Your card was declined.'),
    names: ['pm_card_visa_chargeDeclinedStolenCard'],
  },
  '4000000000000069': {
    brand: 'visa',
    decline: { code: 'expired_card', message: 'Your card has expired.', field: 'expiry' },
    names: ['pm_card_chargeDeclinedExpiredCard'],
    hint: 'has expired',
  },
  '4000000000000127': {
    brand: 'visa',
    decline: { code: 'incorrect_cvc', message: "Your card's security code is incorrect.", field: 'cvc' },
    names: ['pm_card_chargeDeclinedIncorrectCvc'],
    hint: 'has another security code',
  },
  '4000000000000119': {
    brand: 'visa',
    decline: {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
      field: 'number',
    },
    names: ['pm_card_chargeDeclinedProcessingError'],
  },
  '4000002500003155': {
    brand: 'visa',
    challenge: true,
    names: ['pm_card_authenticationRequiredOnSetup'],
    hint: 'asks for 3-D Secure',
  },
  '4000002760003184': { brand: 'visa', challenge: true, names: ['pm_card_authenticationRequired'] },
  '4000000000003220': {
    brand: 'visa',
    challenge: true,
    names: ['pm_card_threeDSecure2Required', 'pm_card_threeDSecureRequired'],
  },
  '4000008400000027': { brand: 'visa', challenge: true, names: [] },
  '4000008400001629': {
    brand: 'visa',
    challenge: true,
    decline: genericDecline,
    names: ['pm_card_threeDSecureRequiredChargeDeclined'],
    hint: 'asks for 3-D Secure, then is declined',
  },
  '4000008260003178': {
    brand: 'visa',
    challenge: true,
    decline: insufficientFunds,
    names: ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds'],
  },
  '4000000032200000': { brand: 'visa', names: [] },
  '4000000000003055': { brand: 'visa', names: ['pm_card_threeDSecureOptional'] },
  '4000000000007726': { brand: 'visa', refund: 'pending', names: ['pm_card_pendingRefund'], hint: 'refunds slowly' },
  '4000000000005126': {
    brand: 'visa',
    refund: 'fails_later',
    names: ['pm_card_refundFail'],
    hint: 'has its refunds fail later',
  },
  '4000000000000259': {
    brand: 'visa',
    dispute: 'fraudulent',
    names: ['pm_card_createDispute'],
    hint: 'is disputed after paying',
  },
  '4000000000002685': {
    brand: 'visa',
    dispute: 'product_not_received',
    names: ['pm_card_createDisputeProductNotReceived'],
  },
}

/** The number of a `pm_card_…` name, or null. */
export function numberOf(name: string): string | null {
  return Object.entries(cards).find(([, card]) => card.names.includes(name))?.[0] ?? null
}

/** Whether the last digit fits the others, as for every real card number. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return digits.length >= 12 && digits.length <= 19 && sum % 10 === 0
}

/** `4242424242424242` → `4242 4242 4242 4242` */
export function grouped(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ')
}
