// The frame of the payment pages: says on every page that this is a test.
import { type Html, frame as plain } from '../../frame.ts'

export const frame = (title: string, body: Html): Html =>
  plain(title, body, 'Test payments: no real money moves, and real cards are refused.')
