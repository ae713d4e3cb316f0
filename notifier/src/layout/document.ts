// What a mail says, as data. HTML and text are both made from it, so they cannot say different things. Pure.

/** A thing bought or sent. `amount` is formatted money; `pictureUrl` is absolute. */
export type Line = {
  title: string
  variantTitle: string
  sku: string
  quantity: number
  amount: string | null
  pictureUrl: string | null
}

/** A label with what it names; with `url` the lines are a link. */
export type Fact = { label: string; lines: string[]; url?: string | null }

export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'button'; label: string; url: string }
  /** Something to show or to type, set large: a collection code. */
  | { kind: 'code'; label: string; code: string }
  | { kind: 'progress'; steps: readonly string[]; reached: number }
  | { kind: 'lines'; title: string; lines: Line[] }
  | {
      kind: 'totals'
      rows: { label: string; value: string }[]
      total: { label: string; value: string }
      note: string | null
    }
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'note'; text: string }
  /** A thing with links to choose from, the best first: five stars to one. */
  | { kind: 'choices'; title: string; pictureUrl: string | null; choices: { label: string; url: string }[] }

/** One mail: `preheader` is what inboxes show beside the subject, `eyebrow` stands above the heading. */
export type MailDocument = {
  subject: string
  preheader: string
  eyebrow: string
  heading: string
  blocks: Block[]
  /** Why the reader gets this mail. */
  because: string
  /** Where the reader can turn this kind of mail off; only on kinds that can be. */
  unsubscribeUrl?: string | null
}

/** Who writes: all a message may know beside its event. */
export type Shop = { name: string; origin: string; shopkeeperEmail: string }

export const unsubscribeLabel = 'Stop mails of this kind'
