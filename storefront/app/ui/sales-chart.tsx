// Sales a day as bars, drawn as SVG on the server; the same numbers as a table for readers who do not see it.
import { formatMoney } from '#app/lib/money.ts'

type Day = { day: string; orders: number; totalMinor: number }

const width = 900
const height = 180
const gap = 6

export function SalesChart({ days, currency }: { days: Day[]; currency: string }) {
  const highest = Math.max(1, ...days.map((day) => day.totalMinor))
  const step = width / days.length
  return (
    <figure>
      <svg viewBox={`0 0 ${width} ${height + 24}`} className="h-auto w-full" aria-hidden="true">
        {days.map((day, index) => {
          const tall = Math.round((day.totalMinor / highest) * height)
          return (
            <g key={day.day}>
              <rect
                x={index * step + gap / 2}
                y={height - tall}
                width={step - gap}
                height={Math.max(tall, 2)}
                rx="3"
                className={tall > 0 ? 'fill-accent' : 'fill-line'}
              >
                <title>{`${day.day}: ${day.orders} orders, ${formatMoney(day.totalMinor, currency)}`}</title>
              </rect>
              {index % 7 === 0 && (
                <text x={index * step + gap / 2} y={height + 20} className="fill-muted text-sm">
                  {day.day.slice(8)}.{day.day.slice(5, 7)}.
                </text>
              )}
            </g>
          )
        })}
      </svg>
      <details className="mt-2">
        <summary className="link inline-block text-sm">Show as a table</summary>
        <table className="mt-2 text-sm">
          <thead>
            <tr className="text-left text-muted">
              <th className="pr-6 font-medium">Day</th>
              <th className="pr-6 text-right font-medium">Orders</th>
              <th className="text-right font-medium">Sales</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <td className="pr-6">{day.day}</td>
                <td className="pr-6 text-right">{day.orders}</td>
                <td className="text-right">{formatMoney(day.totalMinor, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
