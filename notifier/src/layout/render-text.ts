// A mail's document as plain text: complete by itself, for readers without HTML. Pure.
import { type Block, type Fact, type Line, type MailDocument, type Shop, unsubscribeLabel } from './document.ts'

const width = 72

function wrap(text: string, indent = ''): string {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const last = lines.length - 1
    const longer = lines[last] ? `${lines[last]} ${word}` : word
    if (longer.length + indent.length <= width || !lines[last]) lines[last] = longer
    else lines.push(word)
  }
  return lines.map((line) => indent + line).join('\n')
}

/** Left text and right text on one line, the right ones in a column. */
const row = (left: string, right: string): string => `${left.padEnd(width - right.length - 1)} ${right}`

const lineText = (line: Line): string => {
  const first = `${line.quantity} × ${line.title}`
  const second = `    ${[line.variantTitle, line.sku].filter(Boolean).join(' · ')}`
  return `${line.amount ? row(first, line.amount) : first}\n${second}`
}

const factText = (fact: Fact): string =>
  [`${fact.label}:`, ...fact.lines.map((line) => `    ${line}`), ...(fact.url ? [`    ${fact.url}`] : [])].join('\n')

const rule = '-'.repeat(width)

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wrap(block.text)
    case 'note':
      return wrap(block.text, '| ')
    case 'button':
      return `${block.label}:\n${block.url}`
    case 'code':
      return `${block.label}:\n\n    ${block.code}`
    case 'progress':
      return block.steps.map((step, index) => `[${index < block.reached ? 'x' : ' '}] ${step}`).join('  ')
    case 'lines':
      return [block.title, rule, ...block.lines.map(lineText)].join('\n')
    case 'totals':
      return [
        rule,
        ...block.rows.map(({ label, value }) => row(label, value)),
        row(block.total.label, block.total.value),
        ...(block.note ? [block.note] : []),
      ].join('\n')
    case 'choices':
      return [block.title, rule, ...block.choices.map(({ label, url }) => `${label}:\n    ${url}`)].join('\n')
    case 'facts':
      return block.facts.map(factText).join('\n\n')
  }
}

/** The whole mail as text, lines of at most 72 characters where words allow. */
export const renderText = (mail: MailDocument, shop: Shop): string =>
  [
    mail.eyebrow,
    wrap(mail.heading),
    ...mail.blocks.map(blockText),
    [
      `-- \n${wrap(mail.because)}`,
      ...(mail.unsubscribeUrl ? [`${unsubscribeLabel}: ${mail.unsubscribeUrl}`] : []),
      `${shop.name}: ${shop.origin}\n`,
    ].join('\n'),
  ].join('\n\n')
