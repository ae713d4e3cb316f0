// A mail's document as HTML that mail clients can show: tables, inline styles, no scripts, no outside fonts. Pure.
// Colours of dark readers come by class from the style element; clients without it keep the light ones.
import { type Block, type Fact, type Line, type MailDocument, type Shop, unsubscribeLabel } from './document.ts'
import { Html, html } from './html.ts'

const sans = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
const serif = "font-family:'Iowan Old Style',Georgia,'Times New Roman',serif;"
const ink = 'color:#23201b;'
const muted = 'color:#6b6459;'
const accent = 'color:#1f5c4a;'
const edge = '1px solid #e8e0d3'
const body = `${sans}font-size:16px;line-height:25px;${ink}`
const small = `${sans}font-size:14px;line-height:21px;${muted}`

const darkAndNarrow = new Html(`
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (max-width: 560px) {
    .pad { padding-left: 22px !important; padding-right: 22px !important; }
    .title { font-size: 27px !important; line-height: 33px !important; }
    .half { display: block !important; width: 100% !important; padding-right: 0 !important; }
  }
  @media (prefers-color-scheme: dark) {
    .paper { background: #171512 !important; }
    .card { background: #211e1a !important; border-color: #39342c !important; }
    .ink { color: #f2ece1 !important; }
    .muted { color: #b3a999 !important; }
    .accent { color: #8fd0b8 !important; }
    .edge { border-color: #39342c !important; }
    .soft { background: #2a2621 !important; }
    .done { border-top-color: #8fd0b8 !important; }
    .todo { border-top-color: #453f36 !important; }
    .button, .button-cell { background: #8fd0b8 !important; color: #12241d !important; }
  }
  [data-ogsc] .ink { color: #f2ece1 !important; }
  [data-ogsc] .muted { color: #b3a999 !important; }`)

const cell = (content: Html, padding: string) =>
  html`<tr><td class="pad" style="padding:${padding};">${content}</td></tr>`

function lineRow(line: Line): Html {
  const picture = line.pictureUrl
    ? html`<img src="${line.pictureUrl}" width="72" height="72" alt="${line.title}" style="display:block;width:72px;height:72px;border:0;border-radius:10px;object-fit:cover;${sans}font-size:11px;line-height:14px;${muted}">`
    : html`<div style="width:72px;height:72px;">&nbsp;</div>`
  return html`<tr>
    <td class="edge" width="72" style="padding:14px 0;border-top:${edge};vertical-align:top;"><div class="soft" style="width:72px;height:72px;border-radius:10px;background:#f4eee4;overflow:hidden;">${picture}</div></td>
    <td class="edge" style="padding:14px 12px 14px 16px;border-top:${edge};vertical-align:top;">
      <div class="ink" style="${sans}font-size:16px;line-height:22px;font-weight:600;${ink}">${line.title}</div>
      <div class="muted" style="${small}">${line.variantTitle && html`${line.variantTitle}<br>`}<span style="font-size:12px;">${line.sku}</span></div>
      <div class="muted" style="${small}">Quantity ${line.quantity}</div>
    </td>
    ${line.amount && html`<td class="edge ink" align="right" style="padding:14px 0;border-top:${edge};vertical-align:top;white-space:nowrap;font-variant-numeric:tabular-nums;${body}line-height:22px;">${line.amount}</td>`}
  </tr>`
}

const totalRow = (row: { label: string; value: string }) => html`<tr>
  <td class="muted" style="padding:3px 0;${body}${muted}">${row.label}</td>
  <td class="ink" align="right" style="padding:3px 0;font-variant-numeric:tabular-nums;${body}">${row.value}</td></tr>`

const factLine = (text: string, url?: string | null) =>
  url ? html`<a class="accent" href="${url}" style="${accent}">${text}</a>` : html`${text}`

const factCell = (fact: Fact) => html`<td class="half" width="50%" style="padding:0 16px 18px 0;vertical-align:top;">
  <div class="muted" style="${sans}font-size:12px;line-height:18px;letter-spacing:0.04em;text-transform:uppercase;${muted}">${fact.label}</div>
  <div class="ink" style="${sans}font-size:15px;line-height:23px;${ink}">${fact.lines.map((line, index) => html`${index > 0 && html`<br>`}${factLine(line, fact.url)}`)}</div></td>`

const pairs = (facts: Fact[]): Fact[][] =>
  facts.flatMap((fact, index) => (index % 2 ? [] : [[fact, facts[index + 1]].filter((one) => one !== undefined)]))

const table = (content: Html | Html[]) =>
  html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${content}</table>`

const button = (
  label: string,
  url: string,
) => html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"><tr><td>
  <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="button-cell" bgcolor="#1f5c4a" style="border-radius:999px;">
    <a class="button" href="${url}" style="display:inline-block;padding:14px 30px;border-radius:999px;background:#1f5c4a;color:#ffffff;${sans}font-size:16px;line-height:20px;font-weight:600;text-decoration:none;">${label}</a>
  </td></tr></table></td></tr></table>`

const progress = (steps: readonly string[], reached: number) =>
  table(
    html`<tr>${steps.map((step, index) => {
      const done = index < reached
      return html`<td width="${Math.round(100 / steps.length)}%" style="padding-right:${index < steps.length - 1 ? '6px' : '0'};vertical-align:top;">
    <div class="${done ? 'done' : 'todo'}" style="border-top:4px solid ${done ? '#1f5c4a' : '#e3dacb'};border-radius:2px;padding-top:8px;"><span class="${done ? 'accent' : 'muted'}" style="${sans}font-size:13px;line-height:18px;font-weight:${done ? '600' : '400'};${done ? accent : muted}">${step}</span></div></td>`
    })}</tr>`,
  )

type Choices = Extract<Block, { kind: 'choices' }>

/** A row a choice, each high enough for a thumb; no client shows one without its words. */
function choicesTable({ title, pictureUrl, choices }: Choices): Html {
  const inside = pictureUrl
    ? html`<img src="${pictureUrl}" width="96" height="96" alt="${title}" style="display:block;border:0;border-radius:12px;object-fit:cover;">`
    : html`&nbsp;`
  const picture = html`<td width="96" style="padding:0 18px 0 0;vertical-align:top;"><div class="soft" style="width:96px;height:96px;border-radius:12px;background:#f4eee4;">${inside}</div></td>`
  const row = (choice: Choices['choices'][number]) =>
    html`<tr><td class="edge" style="border-top:${edge};"><a class="accent" href="${choice.url}" style="display:block;padding:11px 0;${sans}font-size:16px;line-height:22px;text-decoration:none;${accent}">${choice.label}</a></td></tr>`
  return table(
    html`<tr>${picture}<td style="vertical-align:top;">
      <h2 class="ink" style="margin:0 0 10px;${serif}font-size:20px;line-height:26px;font-weight:600;${ink}">${title}</h2>
      ${table(choices.map(row))}</td></tr>`,
  )
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return cell(html`<p class="ink" style="margin:0;${body}">${block.text}</p>`, '0 40px 18px')
    case 'note':
      return cell(
        html`<div class="soft muted" style="border-radius:12px;background:#f4eee4;padding:14px 18px;${small}">${block.text}</div>`,
        '0 40px 22px',
      )
    case 'button':
      return cell(button(block.label, block.url), '6px 40px 30px')
    case 'code':
      return cell(
        html`<div class="soft" style="border-radius:14px;background:#f4eee4;padding:18px 20px 20px;text-align:center;">
        <div class="muted" style="${small}">${block.label}</div>
        <div class="ink" style="padding-top:6px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:34px;line-height:42px;font-weight:700;letter-spacing:0.14em;${ink}">${block.code}</div></div>`,
        '2px 40px 24px',
      )
    case 'progress':
      return cell(progress(block.steps, block.reached), '0 40px 28px')
    case 'lines':
      return cell(
        html`<h2 class="ink" style="margin:0 0 12px;${serif}font-size:20px;line-height:26px;font-weight:600;${ink}">${block.title}</h2>${table(block.lines.map(lineRow))}`,
        '4px 40px 0',
      )
    case 'totals':
      return cell(
        html`<div class="edge" style="border-top:${edge};padding-top:14px;">${table([
          ...block.rows.map(totalRow),
          html`<tr>
        <td class="ink" style="padding:10px 0 0;${serif}font-size:20px;line-height:28px;font-weight:600;${ink}">${block.total.label}</td>
        <td class="ink" align="right" style="padding:10px 0 0;font-variant-numeric:tabular-nums;${serif}font-size:20px;line-height:28px;font-weight:600;${ink}">${block.total.value}</td></tr>`,
        ])}${block.note && html`<div class="muted" style="${small}">${block.note}</div>`}</div>`,
        '0 40px 28px',
      )
    case 'choices':
      return cell(choicesTable(block), '6px 40px 26px')
    case 'facts':
      return cell(table(pairs(block.facts).map((pair) => html`<tr>${pair.map(factCell)}</tr>`)), '18px 40px 8px')
  }
}

// The blanks keep inboxes from showing the mail's first words after the preheader.
const preheader = (text: string) =>
  html`<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;">${text}${new Html('&#847;&zwnj;&nbsp;'.repeat(40))}</div>`

/** The whole mail as an HTML document. */
export const renderHtml = (mail: MailDocument, shop: Shop): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${mail.subject}</title>
<style>${darkAndNarrow}</style>
</head>
<body class="paper" style="margin:0;padding:0;background:#faf7f2;-webkit-text-size-adjust:100%;">
${preheader(mail.preheader)}
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#faf7f2" style="background:#faf7f2;"><tr><td align="center" style="padding:32px 12px 40px;">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;">
    <tr><td class="pad" style="padding:0 40px 20px;"><a class="ink" href="${shop.origin}" style="${serif}font-size:24px;line-height:30px;font-weight:600;letter-spacing:-0.01em;text-decoration:none;${ink}">${shop.name}</a></td></tr>
    <tr><td class="card" bgcolor="#ffffff" style="background:#ffffff;border:${edge};border-radius:18px;">
      ${table([
        cell(
          html`<div class="accent" style="margin:0 0 8px;${sans}font-size:14px;line-height:20px;font-weight:600;${accent}">${mail.eyebrow}</div>
        <h1 class="ink title" style="margin:0;${serif}font-size:32px;line-height:38px;font-weight:600;letter-spacing:-0.01em;${ink}">${mail.heading}</h1>`,
          '38px 40px 24px',
        ),
        ...mail.blocks.map(blockHtml),
        html`<tr><td style="height:14px;line-height:14px;font-size:0;">&nbsp;</td></tr>`,
      ])}
    </td></tr>
    <tr><td class="pad muted" style="padding:22px 40px 0;${small}font-size:13px;line-height:20px;">${mail.because}<br>${mail.unsubscribeUrl && html`<a class="muted" href="${mail.unsubscribeUrl}" style="${muted}">${unsubscribeLabel}</a><br>`}<a class="muted" href="${shop.origin}" style="${muted}">${shop.name}</a></td></tr>
  </table>
</td></tr></table>
</body>
</html>`.source
