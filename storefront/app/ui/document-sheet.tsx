// An invoice or credit note as a page that prints well: the same words as its PDF, on paper without the shop around it.
import type { DocumentWords } from '#app/domain/invoices/document-words.ts'
import { ButtonLink } from './button.tsx'

type DocumentSheetProps = { words: DocumentWords; pdf: string; back: { to: string; label: string } }

export function DocumentSheet({ words, pdf, back }: DocumentSheetProps) {
  return (
    <div className="mx-auto max-w-3xl">
      <div className="mb-6 flex flex-wrap items-center gap-3 print:hidden">
        <ButtonLink to={back.to} variant="quiet" className="-ml-3">
          {back.label}
        </ButtonLink>
        <ButtonLink to={pdf} variant="secondary" reloadDocument className="sm:ml-auto">
          Open as PDF
        </ButtonLink>
      </div>
      <article className="card p-6 sm:p-10 print:border-0 print:bg-white print:p-0 print:text-black print:shadow-none">
        <header className="flex flex-wrap justify-between gap-8">
          <Lines lines={words.seller} />
          <div className="sm:text-right">
            <h1 className="text-2xl">{words.title}</h1>
            <p className="nums font-semibold">{words.number}</p>
            <dl className="mt-3 grid gap-0.5 text-sm">
              {words.facts.map(({ label, text }) => (
                <div key={label}>
                  <dt className="inline text-muted print:text-black">{label}: </dt>
                  <dd className="inline">{text}</dd>
                </div>
              ))}
            </dl>
          </div>
        </header>
        <div className="mt-8 grid gap-6 sm:grid-cols-2">
          <Party title="Billed to" lines={words.buyer} />
          {words.deliveredTo && <Party title="Delivered to" lines={words.deliveredTo} />}
        </div>
        <Goods words={words} />
        <Sums words={words} />
      </article>
    </div>
  )
}

const Lines = ({ lines }: { lines: string[] }) => (
  <p className="min-w-0 break-words">
    {lines.map((line, index) => (
      <span key={line} className={`block ${index === 0 ? 'font-semibold' : ''}`}>
        {line}
      </span>
    ))}
  </p>
)

function Party({ title, lines }: { title: string; lines: string[] }) {
  return (
    <section>
      <h2 className="font-sans text-sm font-normal tracking-normal text-muted print:text-black">{title}</h2>
      <Lines lines={lines} />
    </section>
  )
}

function Goods({ words }: { words: DocumentWords }) {
  return (
    <div className="mt-8 overflow-x-auto">
      <table className="nums w-full text-left">
        <thead className="border-b border-edge text-sm text-muted print:text-black">
          <tr>
            <th className="py-2 pr-4 font-normal">What</th>
            <th className="hidden py-2 pr-4 text-right font-normal sm:table-cell">Quantity</th>
            <th className="hidden py-2 pr-4 text-right font-normal sm:table-cell">Price</th>
            <th className="py-2 pr-4 text-right font-normal">VAT</th>
            <th className="py-2 text-right font-normal">Amount</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {words.lines.map((line) => (
            <tr key={`${line.what} ${line.detail}`} className="break-inside-avoid align-top">
              <td className="py-2 pr-4">
                {line.what}
                {line.detail && <span className="block text-sm text-muted print:text-black">{line.detail}</span>}
                {/* on a phone the columns stand below the name */}
                <span className="block text-sm sm:hidden">
                  {[line.quantity, line.unit].filter(Boolean).join(' × ')}
                </span>
              </td>
              <td className="hidden py-2 pr-4 text-right sm:table-cell">{line.quantity}</td>
              <td className="hidden py-2 pr-4 text-right sm:table-cell">{line.unit}</td>
              <td className="py-2 pr-4 text-right">{line.tax}</td>
              <td className="py-2 text-right whitespace-nowrap">{line.amount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Sums({ words }: { words: DocumentWords }) {
  return (
    <div className="nums mt-4 border-t border-edge pt-4">
      <dl className="ml-auto grid max-w-72 grid-cols-[1fr_auto] gap-x-6 gap-y-1">
        {words.sums.map(({ label, text }) => (
          <div key={label} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted print:text-black">{label}</dt>
            <dd className="text-right">{text}</dd>
          </div>
        ))}
        <div className="col-span-2 grid grid-cols-subgrid items-baseline text-lg font-semibold">
          <dt>{words.total.label}</dt>
          <dd className="text-right">{words.total.text}</dd>
        </div>
      </dl>
      <table className="mt-6 w-full text-left text-sm">
        <caption className="pb-1 text-left text-muted print:text-black">VAT in this total</caption>
        <thead className="sr-only">
          <tr>
            <th>Rate</th>
            <th>Net</th>
            <th>VAT</th>
          </tr>
        </thead>
        <tbody>
          {words.taxRows.map((row) => (
            <tr key={row.label}>
              <td className="py-0.5">{row.label}</td>
              <td className="py-0.5 text-right">{row.net} net</td>
              <td className="w-32 py-0.5 text-right">{row.tax} VAT</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
