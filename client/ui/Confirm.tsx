import type { ReactNode } from 'react';

import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

/** Asks once before something that can't be taken back: says what it means, and names both ways on the buttons. */
export function Confirm(props: {
  title: string;
  children: ReactNode;
  yes: string;
  no: string;
  look?: 'primary' | 'danger' | 'lamp';
  onYes(): void;
  onNo(): void;
}) {
  const { title, children, yes, no, look = 'primary', onYes, onNo } = props;
  return (
    <Dialog
      title={title}
      kind="narrow"
      onClose={onNo}
      footer={
        <>
          <Button onClick={onNo}>{no}</Button>
          <Button
            look={look}
            onClick={() => {
              onNo();
              onYes();
            }}
          >
            {yes}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
