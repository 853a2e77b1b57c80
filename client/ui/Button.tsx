import type { ComponentProps } from 'react';

import { Icon, type IconName } from './Icon.tsx';

type Look = 'plain' | 'primary' | 'outline' | 'quiet' | 'lamp' | 'danger';

type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & {
  look?: Look;
  size?: 'small' | 'big';
  icon?: IconName;
  /** Keeps its place and focus but does nothing more: what it started is under way. */
  busy?: boolean;
  wide?: boolean;
};

/** A button with words. It is never disabled: pressed at the wrong moment it says why (see the screens). */
export function Button({ look = 'plain', size, icon, busy = false, wide = false, ...rest }: ButtonProps) {
  const { children, onClick, type = 'button', ...others } = rest;
  const classes = ['btn', look === 'plain' ? '' : look, size ?? '', wide ? 'block' : ''].filter(Boolean).join(' ');
  return (
    <button
      {...others}
      className={classes}
      type={type === 'submit' && !busy ? 'submit' : 'button'}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A square button that shows only a picture; its name is for screen readers and as a tooltip. */
export function IconButton({
  icon,
  name,
  look = 'plain',
  ...rest
}: Omit<ComponentProps<'button'>, 'className' | 'children'> & { icon: IconName; name: string; look?: Look }) {
  return (
    <button
      {...rest}
      type="button"
      className={`btn icon ${look === 'plain' ? '' : look}`}
      aria-label={name}
      title={name}
    >
      <Icon name={icon} />
    </button>
  );
}
