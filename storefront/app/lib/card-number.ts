// Card numbers have no place in this shop (PCI DSS, SAQ A): they are typed at the payment provider and nowhere else. What is
// typed into a text all the same is refused before it is stored, mailed or logged. Pure; linear in the text's length.

/** The check digit of ISO/IEC 7812. */
function isLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 1 : 2)
    sum += digit > 9 ? digit - 9 : digit
  }
  return sum % 10 === 0
}

const isCardNumber = (digits: string): boolean => /^[2-6]\d{12,18}$/.test(digits) && isLuhn(digits)

/**
 * Whether `text` holds what could be a card's number: 13 to 19 digits, whole or in groups parted by a blank, dot or hyphen,
 * with a right check digit. Digits of other scripts count too.
 */
export function holdsCardNumber(text: string): boolean {
  for (const [run] of text.normalize('NFKC').matchAll(/\d+(?:[ .-]\d+)*/g)) {
    const groups = run.split(/[ .-]/)
    for (let from = 0; from < groups.length; from++) {
      let digits = ''
      for (let to = from; to < groups.length && digits.length < 19; to++) {
        digits += groups[to]
        if (isCardNumber(digits)) return true
      }
    }
  }
  return false
}

/** For `refine`: a text that may be stored. */
export const noCardNumber = [
  (text: string | null | undefined): boolean => !holdsCardNumber(text ?? ''),
  'Please leave out card numbers: nobody here needs one.',
] as const
