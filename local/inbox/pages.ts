// The inbox's pages: the list of mails, and one mail as HTML, text, headers or source. Work without JavaScript.
// A mail's HTML never runs anything here: cleaned, in a sandboxed frame, under a policy that allows no script.
import { html } from 'hono/html'
import sanitize from 'sanitize-html'
import { type Html, frame as plain } from '../frame.ts'
import type { Mail } from './mailbox.ts'

const frame = (title: string, body: Html): Html =>
  plain(title, body, "The shop's mail ends here: nothing is sent to anyone.")

export const views = ['html', 'text', 'headers', 'source'] as const
export type View = (typeof views)[number]

const labels: Record<View, string> = { html: 'Mail', text: 'Plain text', headers: 'Headers', source: 'Source' }

export function listPage(mails: Mail[], to: string | undefined): Html {
  return frame(
    `Inbox (${mails.length})`,
    html`<main>
      <div class="row">
        <h1>Inbox</h1>
        ${
          mails.length === 0
            ? ''
            : html`<form method="post" action="/delete-all"><button class="quiet">Delete all mails</button></form>`
        }
      </div>
      ${to ? html`<p class="muted">Only mails to ${to}. <a href="/">Show all</a></p>` : ''}
      ${
        mails.length === 0
          ? html`<p class="muted">No mail yet. Place an order or sign up in the shop, then <a href="">look again</a>.</p>`
          : html`<div class="scroll">
              <table>
                <thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Received</th></tr></thead>
                <tbody>
                  ${mails.map(
                    (mail) => html`<tr>
                      <td><a href="/messages/${mail.id}">${mail.subject}</a></td>
                      <td>${mail.to.join(', ')}</td>
                      <td>${when(mail)}</td>
                    </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
    </main>`,
  )
}

export function mailPage(mail: Mail, raw: string, asked: View): Html {
  const shown = views.filter((view) => view !== 'html' || mail.html)
  const view = shown.includes(asked) ? asked : 'text'
  return frame(
    mail.subject,
    html`<main>
      <p><a href="/">All mails</a></p>
      <h1>${mail.subject}</h1>
      <p class="muted" style="margin:0">From ${mail.from} to ${mail.to.join(', ')} · ${when(mail)}</p>
      ${
        mail.attachments.length === 0
          ? ''
          : html`<p class="muted small">Attached: ${mail.attachments.map((file) => `${file.filename} (${file.bytes} bytes)`).join(', ')}</p>`
      }
      <nav class="tabs" aria-label="Views of this mail">
        ${shown.map(
          (each) =>
            html`<a href="/messages/${mail.id}?view=${each}" ${each === view ? html`aria-current="page"` : ''}>${labels[each]}</a>`,
        )}
        <a href="/messages/${mail.id}/raw" download>Download</a>
      </nav>
      ${body(mail, raw, view)}
    </main>`,
  )
}

function body(mail: Mail, raw: string, view: View): Html {
  if (view === 'html') {
    return html`<iframe title="The mail" src="/messages/${mail.id}/html"
      sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>`
  }
  if (view === 'headers') {
    return html`<div class="scroll">
      <table>
        <tbody>
          ${mail.headers.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
        </tbody>
      </table>
    </div>`
  }
  return html`<pre>${view === 'text' ? mail.text : raw}</pre>`
}

function when(mail: Mail): Html {
  return html`<time datetime="${mail.receivedAt}">${mail.receivedAt.slice(0, 19).replace('T', ' ')} UTC</time>`
}

/** The mail's own HTML for its frame; its links open in the whole window. */
export function mailBody(mail: Mail): string {
  const never = ['script', 'iframe', 'object', 'embed', 'form', 'base', 'meta', 'link']
  const clean = sanitize(mail.html ?? '', {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    exclusiveFilter: ({ tag }) => never.includes(tag),
  })
  return `<!doctype html><meta charset="utf-8"><base target="_top">${clean}`
}

export const mailBodyPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; font-src *; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
