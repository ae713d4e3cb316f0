// Why a review is not published, and why somebody thinks one should not be: as people read it. Pure.

/** To the author, after “Your review was not published”. */
const rejections: Record<string, string> = {
  off_topic: 'It is not about the product.',
  offensive: 'It hurts somebody.',
  private: 'It tells something private: a name, an address, an order.',
  advertising: 'It advertises something.',
  unreadable: 'It could not be understood.',
  other: 'It does not fit here.',
}

/** To staff, and as the choices of whoever reports. */
const reports: Record<string, string> = {
  off_topic: 'It is not about the product',
  offensive: 'It hurts or threatens somebody',
  private: 'It tells something private',
  advertising: 'It advertises something',
  untrue: 'It is not true',
  other: 'Something else',
}

const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))
export const rejectionChoices = choices(rejections)
export const reportChoices = choices(reports)

export const rejectionLabel = (reason: string): string => rejections[reason] ?? rejections.other ?? ''
export const reportLabel = (reason: string): string => reports[reason] ?? reports.other ?? ''

/** Everything the author is told about why, in one line. */
export const rejectionText = ({ reason, words }: { reason: string; words: string }): string =>
  [rejectionLabel(reason), words].filter(Boolean).join(' ')
