import { useEffect, useEffectEvent, useId, useRef, type ReactNode } from 'react';

import { LiveRegions } from './Announcer.tsx';
import { IconButton } from './Button.tsx';
import { ScrollArea } from './ScrollArea.tsx';

/**
 * A modal dialog on the browser's own <dialog>: focus stays inside, Esc and a press outside close it, focus returns to
 * where it was. Show it by rendering it. On a phone a `sheet` comes up from the lower edge.
 */
export function Dialog(props: {
  title: string;
  onClose(): void;
  children: ReactNode;
  footer?: ReactNode;
  kind?: 'centre' | 'narrow' | 'sheet';
}) {
  const { title, onClose, children, footer, kind = 'centre' } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const close = useEffectEvent(onClose);

  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    const before = document.activeElement;
    dialog.showModal();
    heading.current?.focus();
    const onCancel = (event: Event) => {
      // React decides whether it is open; the browser closing it by itself would leave the two apart.
      event.preventDefault();
      close();
    };
    // Its parts fill the dialog, so a press on the dialog itself is one on its backdrop, unless it began inside.
    let began: EventTarget | null = null;
    const onDown = (event: Event) => {
      began = event.target;
    };
    const onPress = (event: Event) => {
      if (event.target === dialog && began === dialog) close();
    };
    dialog.addEventListener('cancel', onCancel);
    dialog.addEventListener('close', close);
    dialog.addEventListener('pointerdown', onDown);
    dialog.addEventListener('click', onPress);
    return () => {
      dialog.removeEventListener('cancel', onCancel);
      dialog.removeEventListener('close', close);
      dialog.removeEventListener('pointerdown', onDown);
      dialog.removeEventListener('click', onPress);
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  return (
    <dialog ref={ref} className={`dialog ${kind}`} aria-labelledby={id}>
      <header>
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <IconButton icon="x" name="Close" look="quiet" onClick={onClose} />
      </header>
      <ScrollArea as="div" className="body" label={title}>
        {children}
      </ScrollArea>
      {footer !== undefined && <footer>{footer}</footer>}
      <LiveRegions />
    </dialog>
  );
}
