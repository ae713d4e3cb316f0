// What stands beside a product, from three sources in this order: picked by the shop, bought together, of the same
// category. Pure.

/** At most four, none twice. `related` begins with `pickedCount` picked ones; the rest is of the same category. */
export function besideProduct<T extends { id: string }>(
  { related, pickedCount }: { related: T[]; pickedCount: number },
  together: T[],
): T[] {
  const inOrder = [...related.slice(0, pickedCount), ...together, ...related.slice(pickedCount)]
  return [...new Map(inOrder.map((card) => [card.id, card])).values()].slice(0, 4)
}
