import { Component, type ReactNode } from 'react';

type Props = { onCaught(): void; fallback: ReactNode; children: ReactNode };

/** Shows `fallback` when something below breaks while it is drawn. React offers this to classes only. */
export class Boundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(): void {
    this.props.onCaught();
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
