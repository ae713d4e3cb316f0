// Money: integers in the currency's minor unit, never floats. One rounding rule: half away from zero, once per line. Pure.

/** Minor-unit digits of the currencies that do not have two (ISO 4217). */
const exponents: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  MGA: 0,
  PYG: 0,
  RWF: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  JOD: 3,
  KWD: 3,
  OMR: 3,
  TND: 3,
}

/** How many decimal digits `currency` (ISO 4217) has: 2 unless listed. */
export const currencyExponent = (currency: string): number => exponents[currency.toUpperCase()] ?? 2

/** `1299, 'EUR'` → `€12.99`, in the reader's locale. */
export function formatMoney(minor: number, currency: string, locale = 'en-IE'): string {
  const digits = currencyExponent(currency)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits)
}

/** What a person typed ("12.99", "12,99", "1 299") as minor units, or null when it is no amount of that currency. */
export function parseMoney(typed: string, currency: string): number | null {
  const digits = currencyExponent(currency)
  const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(typed.replace(/[\s']/g, ''))
  if (!match || (match[2]?.length ?? 0) > digits) return null
  return Number(match[1]) * 10 ** digits + Number((match[2] ?? '').padEnd(digits, '0') || '0')
}

/** `minor × basisPoints / 10 000`, rounded half away from zero. */
export function portion(minor: number, basisPoints: number): number {
  const scaled = BigInt(minor) * BigInt(basisPoints)
  const sign = scaled < 0n ? -1n : 1n
  return Number((sign * (sign * scaled * 2n + 10_000n)) / 20_000n)
}

/** The tax inside a gross amount: `gross − gross / (1 + rate)`, rounded half away from zero. */
export function includedTax(grossMinor: number, basisPoints: number): number {
  const divisor = BigInt(10_000 + basisPoints)
  const scaled = BigInt(grossMinor) * BigInt(basisPoints)
  return Number((scaled * 2n + divisor) / (divisor * 2n))
}

/** The currency the shop sells in. Orders keep their own for ever. */
export const shopCurrency = 'EUR'
