// "Make this my store" and "Forget my store": plain posts, kept in a cookie of this browser.
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { Icon } from './icon.tsx'

type Props = {
  slug: string
  name: string
  isMine: boolean
  /** Where to go afterwards: a path of the shop. */
  back: string
  /** Small, inside a list. */
  quiet?: boolean
}

export function MyStoreButton({ slug, name, isMine, back, quiet = false }: Props) {
  const look = quiet
    ? 'inline-flex min-h-11 items-center gap-1.5 underline decoration-edge underline-offset-4 hover:decoration-ink'
    : ''
  const words = isMine ? 'Forget my store' : 'Make this my store'
  return (
    <PostForm action={paths.stores()} preventScrollReset className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="back" value={back} />
      {isMine && (
        <span className="inline-flex items-center gap-1.5 font-medium text-good">
          <Icon name="check" size={16} /> Your store
        </span>
      )}
      {quiet ? (
        <button type="submit" name="intent" value={isMine ? 'forget-store' : 'choose-store'} className={look}>
          {words}
          <span className="sr-only">: {name}</span>
        </button>
      ) : (
        <Button variant="secondary" name="intent" value={isMine ? 'forget-store' : 'choose-store'}>
          {words}
        </Button>
      )}
    </PostForm>
  )
}
