// A document as a PDF (A4), drawn by pdfkit from the same words as its page. The library and the font are loaded when
// the first one is asked for. It says nothing that the frozen document does not say.
import { createRequire } from 'node:module'
import { type DocumentWords, documentWords, type PrintedDocument } from '#app/domain/invoices/document-words.ts'

type Pdf = PDFKit.PDFDocument

const require = createRequire(import.meta.url)
// Latin, Greek and Cyrillic letters and the signs of currencies; the pages' own fonts come in parts that pdfkit cannot join.
const fonts = { plain: 'Inter-Regular.ttf', strong: 'Inter-SemiBold.ttf' }

const page = { left: 50, right: 545, top: 50, bottom: 780 }
const columns = [
  { x: 50, width: 225 },
  { x: 280, width: 40 },
  { x: 325, width: 95 },
  { x: 425, width: 40 },
  { x: 470, width: 75 },
]
const muted = '#5d5a55'
const ink = '#1d1b18'

/** The document's PDF, some 30 kB. */
export async function renderPdf(document: PrintedDocument): Promise<Buffer<ArrayBuffer>> {
  const { default: PDFDocument } = await import('pdfkit')
  const words = documentWords(document)
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: page.top, bottom: 20, left: page.left, right: 50 },
    bufferPages: true,
    lang: 'en',
    info: { Title: `${words.title} ${words.number}`, Author: words.seller[0], CreationDate: document.issuedAt },
  })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer<ArrayBuffer>>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  for (const [name, file] of Object.entries(fonts)) pdf.registerFont(name, require.resolve(`#fonts/${file}`))
  draw(pdf, words)
  pdf.end()
  return done
}

function draw(pdf: Pdf, words: DocumentWords): void {
  const below = Math.max(block(pdf, words.seller, page.left, page.top, 240), title(pdf, words))
  const buyerEnd = labelled(pdf, 'Billed to', words.buyer, page.left, below + 24)
  const goodsEnd = words.deliveredTo ? labelled(pdf, 'Delivered to', words.deliveredTo, 300, below + 24) : 0
  const tableEnd = table(pdf, words, Math.max(buyerEnd, goodsEnd) + 26)
  sums(pdf, words, tableEnd + 12)
  number(pdf, words)
}

function title(pdf: Pdf, words: DocumentWords): number {
  pdf.font('strong').fontSize(20).fillColor(ink).text(words.title, 300, page.top, { width: 245, align: 'right' })
  pdf.fontSize(11).text(words.number, { width: 245, align: 'right' })
  pdf.moveDown(0.5).fontSize(9)
  for (const { label, text } of words.facts) {
    const y = pdf.y
    pdf.font('plain').fillColor(muted).text(label, 300, y, { width: 95, align: 'right' })
    pdf.fillColor(ink).text(text, 405, y, { width: 140, align: 'right' })
  }
  return pdf.y
}

/** Lines of text; the first stands out. Answers where they end. */
function block(pdf: Pdf, lines: string[], x: number, y: number, width: number): number {
  pdf.fillColor(ink)
  for (const [index, line] of lines.entries())
    pdf
      .font(index === 0 ? 'strong' : 'plain')
      .fontSize(10)
      .text(line, x, index === 0 ? y : pdf.y, { width })
  return pdf.y
}

function labelled(pdf: Pdf, label: string, lines: string[], x: number, y: number): number {
  pdf.font('plain').fontSize(8).fillColor(muted).text(label, x, y, { width: 230 })
  return block(pdf, lines, x, pdf.y + 2, 230)
}

const heads = ['', 'Quantity', 'Price', 'VAT', 'Amount']

function head(pdf: Pdf, y: number): number {
  row(pdf, heads, y, { color: muted, size: 8 })
  rule(pdf, y + 14)
  return y + 20
}

function table(pdf: Pdf, words: DocumentWords, from: number): number {
  let y = head(pdf, from)
  for (const line of words.lines) {
    const first = columns[0]?.width ?? 0
    const tall = pdf.font('plain').fontSize(9.5).heightOfString(line.what, { width: first })
    const detail = line.detail ? pdf.fontSize(8).heightOfString(line.detail, { width: first }) + 1 : 0
    if (y + tall + detail > page.bottom) {
      pdf.addPage()
      y = head(pdf, page.top)
    }
    row(pdf, [line.what, line.quantity, line.unit, line.tax, line.amount], y, { color: ink, size: 9.5 })
    if (line.detail)
      pdf
        .font('plain')
        .fontSize(8)
        .fillColor(muted)
        .text(line.detail, page.left, y + tall + 1, { width: first })
    y += tall + detail + 8
  }
  rule(pdf, y)
  return y
}

/** One row of the table; all columns but the first stand at their right edge. */
function row(pdf: Pdf, cells: string[], y: number, look: { color: string; size: number }): void {
  for (const [index, column] of columns.entries())
    pdf
      .font('plain')
      .fontSize(look.size)
      .fillColor(look.color)
      .text(cells[index] ?? '', column.x, y, { width: column.width, align: index === 0 ? 'left' : 'right' })
}

const rule = (pdf: Pdf, y: number) =>
  void pdf.moveTo(page.left, y).lineTo(page.right, y).lineWidth(0.5).strokeColor('#c9c4bb').stroke()

function sums(pdf: Pdf, words: DocumentWords, from: number): void {
  const height = (words.sums.length + words.taxRows.length + 4) * 16
  let y = from
  if (y + height > page.bottom) {
    pdf.addPage()
    y = page.top
  }
  const pair = (label: string, text: string, font: 'plain' | 'strong', size: number) => {
    pdf.font(font).fontSize(size).fillColor(ink)
    pdf.text(label, 300, y, { width: 150 }).text(text, 430, y, { width: 115, align: 'right' })
    y += size + 6
  }
  for (const { label, text } of words.sums) pair(label, text, 'plain', 9.5)
  pair(words.total.label, words.total.text, 'strong', 13)
  y += 10
  row(pdf, ['VAT in this total', '', '', 'Net', 'VAT'], y, { color: muted, size: 8 })
  for (const tax of words.taxRows) {
    y += 14
    pdf.font('plain').fontSize(9).fillColor(ink).text(tax.label, page.left, y, { width: 200 })
    pdf.text(tax.net, 345, y, { width: 120, align: 'right' }).text(tax.tax, 470, y, { width: 75, align: 'right' })
  }
}

/** The number on each page. */
function number(pdf: Pdf, words: DocumentWords): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let index = start; index < start + count; index++) {
    pdf.switchToPage(index)
    pdf.font('plain').fontSize(8).fillColor(muted)
    pdf.text(`${words.title} ${words.number} · page ${index + 1} of ${count}`, page.left, 800, {
      width: page.right - page.left,
      align: 'center',
      lineBreak: false,
    })
  }
}
