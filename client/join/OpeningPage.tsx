import { PageTop } from './PageTop.tsx';
import './states.css';

/** The moment between a link and its page. It names no tab, so that the first real screen keeps the focus where it is. */
export function OpeningPage() {
  return (
    <div className="page">
      <PageTop helpPhone={null} />
      <main className="state">
        <output className="lead">Opening your link…</output>
      </main>
    </div>
  );
}
