// When nobody's telephone may buzz: from nine in the evening to eight in the morning of the shop's own clock. Pure.

const begins = 21
const ends = 8

/** How many milliseconds from `now` until text messages may go out; 0 when they may now. `timeZone` is an IANA name. */
export function quietFor(now: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(now)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  const hour = part('hour')
  if (hour >= ends && hour < begins) return 0
  // On the night the clocks change this is an hour out: the message is then asked about once more.
  const seconds = ((ends - hour + 24) % 24) * 3600 - part('minute') * 60 - part('second')
  return seconds * 1000
}
