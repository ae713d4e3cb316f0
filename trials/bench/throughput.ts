// Requests a second of a rendered page, as a ratio to the cheapest answer of the same process in the same run.
import autocannon from 'autocannon'

const perSecond = async (url: string) => (await autocannon({ url, connections: 8, duration: 5 })).requests.average

export async function compareThroughput(origin: string, path: string): Promise<[string, string][]> {
  const base = await perSecond(`${origin}/robots.txt`)
  const page = await perSecond(origin + path)
  return [[`${path} rendered, against a static file of the same process`, `1 : ${(base / page).toFixed(1)}`]]
}
