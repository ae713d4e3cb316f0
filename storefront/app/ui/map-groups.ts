// Marks that lie so near each other on the screen that they are shown as one: two targets must not overlap (WCAG 2.2,
// 2.5.8). A grid of cells as wide as that nearness keeps it quick for thousands. Pure.

export type Placed = { x: number; y: number }

/** Pixels. */
export const togetherPx = 38

/** Indexes of the points by nearness to the first of each group, in their order. */
export function groupNear(points: readonly Placed[], near: number = togetherPx): number[][] {
  const groups: number[][] = []
  const byCell = new Map<string, number[]>()
  const cell = (value: number) => Math.floor(value / near)
  for (const [index, point] of points.entries()) {
    const found = around(cell(point.x), cell(point.y)).flatMap((key) => byCell.get(key) ?? [])
    const group = Math.min(...found.filter((one) => isNear(points[groups[one]?.[0] ?? -1], point, near)))
    if (Number.isFinite(group)) {
      groups[group]?.push(index)
      continue
    }
    const key = `${cell(point.x)} ${cell(point.y)}`
    byCell.set(key, [...(byCell.get(key) ?? []), groups.length])
    groups.push([index])
  }
  return groups
}

const around = (x: number, y: number): string[] =>
  [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${x + dx} ${y + dy}`))

const isNear = (a: Placed | undefined, b: Placed, near: number): boolean =>
  a !== undefined && Math.hypot(a.x - b.x, a.y - b.y) < near
