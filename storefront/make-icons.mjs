// Writes app/ui/icons.svg, the sprite of the icons the shop uses, from lucide-static (ISC). Run after adding a name to icon.tsx.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

const icons = `${dirname(createRequire(import.meta.url).resolve('lucide-static/package.json'))}/icons`
const here = import.meta.dirname
const names = [...readFileSync(`${here}/app/ui/icon.tsx`, 'utf8').matchAll(/\| '([a-z0-9-]+)'/g)].map(
  (match) => match[1],
)
const symbols = names.sort().map((name) => {
  const inner = readFileSync(`${icons}/${name}.svg`, 'utf8')
    .replace(/[\s\S]*?<svg[^>]*>/, '')
    .replace('</svg>', '')
  const drawn = inner.trim().replace(/\s*\n\s*/g, '')
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${drawn}</symbol>`
})
writeFileSync(`${here}/app/ui/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`)
