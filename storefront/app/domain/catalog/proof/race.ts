// The proof itself: many buyers want a few units of scratch goods at the same moment, over HTTP, as checkouts do; then the
// rows are counted. It is told how to call the catalogue and knows no address, no key and no clock but its stopwatch.

/** One call to catalog-api; rejects when no answer came, so that nobody knows what was done. */
export type Call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<Told>
export type Told = { status: number; body: Record<string, unknown> }

/** `atOnce`: how many buyers stand at the counter at the same moment; all of them when absent. */
export type ProofPlan = { buyers: number; units: number; atOnce?: number }

export type ProofReport = {
  buyers: number
  units: number
  sold: number
  refused: number
  /** Units that are still held when everybody has left. */
  holdsLeft: number
  negativeRows: number
  /** Of the first answer to each buyer, in milliseconds. */
  p50Ms: number
  p95Ms: number
  /** Answers that had to be asked for again (503, or none). */
  askedAgain: number
  /** Promises that did not hold, in words; empty when the proof succeeded. */
  broken: string[]
}

type Bought = { kind: 'sold' | 'refused' | 'unknown'; firstMs: number; askedAgain: number; faults: string[] }

/** Whoever has no answer by then goes without: the goods are taken away two minutes after they were laid out. */
const patienceMs = 100_000

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Lays out the goods, lets the buyers in, counts, and takes everything away again, whatever happened. Throws when the goods
 * cannot be laid out: `ProofRefused` with catalog-api's words.
 */
export async function raceForScratch(call: Call, { buyers, units, atOnce = buyers }: ProofPlan): Promise<ProofReport> {
  const made = await call('POST', '/admin/scratch-goods', { units })
  if (made.status !== 201) throw new ProofRefused(made.status, String(made.body.detail ?? made.body.title ?? ''))
  const sku = String(made.body.sku)
  const until = performance.now() + patienceMs
  try {
    const visits = await letIn(buyers, atOnce, (number) => buy(call, { sku, number, until }))
    const counted = await again(() => call('GET', `/admin/scratch-goods/${sku}`), until)
    return summarise({ buyers, units }, visits, counted ?? { status: 0, body: {} })
  } finally {
    await again(() => call('DELETE', `/admin/scratch-goods/${sku}`), until)
  }
}

/** The goods could not be laid out: a proof is running already (409), or the catalogue refuses. */
export class ProofRefused extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail || `catalog-api answered ${status}`)
  }
}

async function letIn<T>(count: number, atOnce: number, visit: (number: number) => Promise<T>): Promise<T[]> {
  const visits: T[] = []
  let next = 0
  const lane = async () => {
    while (next < count) visits.push(await visit(next++))
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane))
  return visits
}

/** Holds one unit and buys it; an answer that did not come is asked for again under the same reference. */
async function buy(
  call: Call,
  { sku, number, until }: { sku: string; number: number; until: number },
): Promise<Bought> {
  const ref = `proof:${sku}:${number}`
  const visit: Bought = { kind: 'unknown', firstMs: 0, askedAgain: 0, faults: [] }
  const started = performance.now()
  const ask = async (path: string, body: object): Promise<Told | null> => {
    const told = await again(() => call('POST', path, body), until, visit)
    visit.firstMs ||= performance.now() - started
    return told
  }
  const held = await ask('/inventory/reserve', { ref, ttlSeconds: 60, lines: [{ sku, quantity: 1 }] })
  if (held?.status === 409 && held.body.code === 'out_of_stock') return { ...visit, kind: 'refused' }
  if (held?.status !== 200 && held?.status !== 201) return odd(visit, 'reserve', held)
  const sold = await ask('/inventory/commit', { ref })
  return sold?.status === 200 ? { ...visit, kind: 'sold' } : odd(visit, 'commit', sold)
}

function odd(visit: Bought, what: string, told: Told | null): Bought {
  const said = told ? `${told.status} ${told.body.code ?? ''}` : 'nothing, however often it was asked'
  return { ...visit, faults: [`${what} answered ${said}`] }
}

/** Repeats while no answer comes, or one that says "in a moment"; null when it is `until`. Asks once in any case. */
async function again(ask: () => Promise<Told>, until: number, visit?: Bought): Promise<Told | null> {
  for (let tries = 1; ; tries++) {
    const told = await ask().catch(() => null)
    if (told && told.status !== 503) return told
    if (performance.now() > until) return null
    if (visit) visit.askedAgain++
    await pause(Math.min(1_500, 50 * tries) * (0.5 + Math.random()))
  }
}

function summarise({ buyers, units }: ProofPlan, visits: Bought[], { status, body }: Told): ProofReport {
  const count = (kind: Bought['kind']) => visits.filter((visit) => visit.kind === kind).length
  const [sold, refused] = [count('sold'), count('refused')]
  const times = visits.map(({ firstMs }) => firstMs).sort((a, b) => a - b)
  const due = Math.min(buyers, units)
  const broken = [...new Set(visits.flatMap(({ faults }) => faults))]
  if (sold !== due) broken.push(`${sold} buyers were sold a unit, not ${due}`)
  if (sold + refused !== buyers) broken.push(`${buyers - sold - refused} buyers do not know what became of them`)
  if (status !== 200) broken.push(`the rows cannot be counted: ${status}`)
  else if (body.sold !== due) broken.push(`${body.sold} units are sold by the rows, not ${due}`)
  if (body.held !== 0 || body.reserved !== 0)
    broken.push(`${body.held} units are still held, ${body.reserved} reserved`)
  if (body.negativeRows !== 0) broken.push(`${body.negativeRows} rows are below zero`)
  if (body.ledgerAgrees !== true) broken.push('the counters are not the sums of the ledger')
  return {
    ...{ buyers, units, sold, refused, broken },
    holdsLeft: Number(body.held ?? Number.NaN),
    negativeRows: Number(body.negativeRows ?? Number.NaN),
    p50Ms: Math.round(quantile(times, 0.5)),
    p95Ms: Math.round(quantile(times, 0.95)),
    askedAgain: visits.reduce((sum, visit) => sum + visit.askedAgain, 0),
  }
}

const quantile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
