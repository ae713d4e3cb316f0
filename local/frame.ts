// The frame of the stand-ins' pages: one calm stylesheet, light and dark, no script at all.
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const style = `
  :root { color-scheme: light dark; --paper:#fbf8f3; --card:#fff; --soft:#f3ede3; --ink:#26221d; --muted:#6a6258; --line:#ddd4c6;
    --edge:#8d8375; --accent:#2f5d50; --accent-ink:#fff; --bad:#a3261b; --bad-soft:#fbeae7; --good:#2c6a3f; }
  @media (prefers-color-scheme: dark) { :root { --paper:#191714; --card:#23201c; --soft:#2a2621; --ink:#f2ece2; --muted:#b5ab9c;
    --line:#3c362f; --edge:#8b8071; --accent:#8cc5b2; --accent-ink:#10211c; --bad:#ff9d8f; --bad-soft:#3a211d; --good:#8fd0a2; } }
  * { box-sizing: border-box; }
  body { margin:0; background:var(--paper); color:var(--ink); font:16px/1.5 Figtree,ui-sans-serif,system-ui,sans-serif; }
  h1, h2, .total { font-family:Fraunces,ui-serif,Georgia,serif; font-weight:600; line-height:1.2; }
  h1 { font-size:1.5rem; margin:0 0 .25rem; } h2 { font-size:1.125rem; margin:0 0 1rem; }
  a { color:inherit; text-underline-offset:.2em; }
  .ribbon { background:var(--soft); color:var(--muted); text-align:center; font-size:.875rem; padding:.5rem 1rem; border-bottom:1px solid var(--line); }
  main { max-width:62rem; margin:0 auto; padding:2rem 1.25rem 4rem; }
  .narrow { max-width:30rem; }
  .columns { display:grid; gap:2rem; } @media (min-width:52rem) { .columns { grid-template-columns:1fr 1fr; gap:3.5rem; align-items:start; } }
  .panel { background:var(--card); border:1px solid var(--line); border-radius:14px; padding:1.5rem; }
  .muted { color:var(--muted); } .small { font-size:.875rem; }
  ul.lines { list-style:none; margin:1.5rem 0 0; padding:0; } ul.lines li { display:flex; justify-content:space-between; gap:1rem; padding:.75rem 0; border-top:1px solid var(--line); }
  .money { font-variant-numeric:tabular-nums; white-space:nowrap; } .total { font-size:2rem; font-variant-numeric:tabular-nums; margin:.25rem 0 0; }
  .sum { font-weight:600; }
  .field { margin:0 0 1rem; } .pair { display:grid; grid-template-columns:1fr 1fr; gap:1rem; }
  label { display:block; font-weight:500; margin-bottom:.25rem; }
  input { width:100%; font:inherit; color:inherit; background:var(--paper); border:1px solid var(--edge); border-radius:8px; padding:.625rem .75rem; }
  input[aria-invalid=true] { border-color:var(--bad); }
  .error { color:var(--bad); font-size:.9375rem; margin:.25rem 0 0; }
  .alert { background:var(--bad-soft); border:1px solid var(--bad); border-radius:10px; padding:.75rem 1rem; margin:0 0 1.25rem; } .alert p { margin:0; }
  button, .button { display:block; width:100%; font:inherit; font-weight:600; text-align:center; text-decoration:none; cursor:pointer; border-radius:999px; padding:.75rem 1.25rem;
    border:1px solid var(--accent); background:var(--accent); color:var(--accent-ink); }
  button.quiet, .button.quiet { background:transparent; color:var(--ink); border-color:var(--edge); }
  button.card { display:inline; width:auto; padding:.25rem .625rem; border-radius:6px; font-weight:500; font-variant-numeric:tabular-nums; font-size:.875rem; background:transparent; color:var(--ink); border-color:var(--edge); }
  :focus-visible { outline:3px solid var(--accent); outline-offset:2px; }
  .stack > * + * { margin-top:.75rem; }
  details { margin-top:1.5rem; } summary { cursor:pointer; padding:.25rem 0; } details li { margin:.375rem 0; } details ul { list-style:none; padding:0; }
  nav.tabs { display:flex; flex-wrap:wrap; gap:.5rem 1.25rem; margin:1.5rem 0 0; border-bottom:1px solid var(--line); } nav.tabs a { padding:.5rem 0; text-decoration:none; border-bottom:3px solid transparent; } nav.tabs a[aria-current] { border-color:var(--accent); font-weight:600; }
  iframe { width:100%; height:70vh; border:1px solid var(--line); border-top:0; background:#fff; display:block; } pre { white-space:pre-wrap; overflow-wrap:anywhere; background:var(--card); border:1px solid var(--line); padding:1rem; border-radius:8px; }
  .row { display:flex; flex-wrap:wrap; gap:1rem; justify-content:space-between; align-items:center; } .row button { width:auto; padding:.375rem 1rem; }
  table { width:100%; border-collapse:collapse; font-size:.875rem; } th, td { text-align:left; padding:.5rem .75rem .5rem 0; border-bottom:1px solid var(--line); } .scroll { overflow-x:auto; }
`

/** A whole page around a body that begins with its `main`; the ribbon above says what kind of stand-in this is. */
export function frame(title: string, body: Html, ribbon: string): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header class="ribbon">${ribbon}</header>
        ${body}
      </body>
    </html>`
}

/** Minor units in words, e.g. 1999 EUR → €19.99; the currency knows its own decimals. */
export function money(minor: unknown, currency: unknown): string {
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: String(currency).toUpperCase() })
  return format.format(Number(minor) / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
