import { Brand } from '../ui/BrandMark.tsx';
import { Icon } from '../ui/Icon.tsx';
import { telephone } from '../ui/telephone.ts';

import './page.css';

/** The top of a page: where one is, and a person to ring where there is one. */
export function PageTop({ helpPhone }: { helpPhone: string | null }) {
  return (
    <header className="page-top">
      <Brand />
      {helpPhone !== null && (
        <a className="btn quiet" href={telephone(helpPhone)}>
          <Icon name="phone" />
          Help by phone
        </a>
      )}
    </header>
  );
}
