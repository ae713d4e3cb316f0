// On a developer's machine no mail leaves the house: pages that speak of a mail say where it can be read.
import { Icon } from './icon.tsx'

/** Nothing when `url` is null, as in production. */
export function LocalInbox({ url }: { url: string | null }) {
  if (!url) return null
  return (
    <p className="mt-8 flex gap-2 rounded-card bg-sunk p-5 text-sm">
      <Icon name="info" size={16} className="mt-0.5 shrink-0" />
      <span>
        This shop runs on your machine: its mails are in the{' '}
        <a href={url} className="link">
          inbox at {new URL(url).host}
        </a>
        .
      </span>
    </p>
  )
}
