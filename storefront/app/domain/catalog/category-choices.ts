// The category tree as choices of a form: "Kitchen › Cookware". Pure.
import type { CategoryNode } from '#app/domain/catalog/answers.ts'

export function categoryChoices(nodes: CategoryNode[], above = ''): { id: string; label: string }[] {
  return nodes.flatMap((node) => {
    const label = above ? `${above} › ${node.name}` : node.name
    return [{ id: node.id, label }, ...categoryChoices(node.children, label)]
  })
}
