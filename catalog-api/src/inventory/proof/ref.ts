// The references of a proof's buyers: they hold scratch goods and nothing else, and nobody else holds those. Pure.

export const proofRef = 'proof:'
export const isProofRef = (ref: string): boolean => ref.startsWith(proofRef)
