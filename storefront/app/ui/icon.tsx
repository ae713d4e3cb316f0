// An icon of the sprite, drawn in the text's colour and hidden from readers: the words beside it say it.
import sprite from './icons.svg?url'

export type IconName =
  | 'arrow-left'
  | 'arrow-right'
  | 'check'
  | 'chevron-down'
  | 'chevron-right'
  | 'circle-alert'
  | 'clock'
  | 'heart'
  | 'lock'
  | 'mail'
  | 'map-pin'
  | 'menu'
  | 'minus'
  | 'package'
  | 'phone'
  | 'plus'
  | 'rotate-ccw'
  | 'search'
  | 'shield-check'
  | 'shopping-bag'
  | 'star'
  | 'store'
  | 'trash-2'
  | 'truck'
  | 'user'
  | 'x'
  | 'pencil'
  | 'credit-card'
  | 'layout-dashboard'
  | 'tag'
  | 'info'
  | 'triangle-alert'
  | 'navigation'
  | 'log-out'

export function Icon({ name, size = 20, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg width={size} height={size} className={className} aria-hidden="true" focusable="false">
      <use href={`${sprite}#${name}`} />
    </svg>
  )
}
