// Amounts as people type them in a search: `20`, `19.90`, `19,9`, `1,000`. Pure.

/** In minor units. Three digits after the only comma or point are thousands, one or two are cents. */
export function minorOf(typed: string | undefined): number {
  const [, whole = '0', cents = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(typed ?? '') ?? []
  return Number(whole.replace(/\D/g, '')) * 100 + Number(cents.padEnd(2, '0').slice(0, 2))
}
