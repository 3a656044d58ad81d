import { Component, type ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import './error-boundary.css';

interface ErrorBoundaryProps {
  /** What is kept out of: a view's title, or the page. */
  readonly what: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
}

/** Keeps a defect in one part of the page to that part, and tells of it in words. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className="broken" role="alert">
        <p>
          {this.props.what} cannot be drawn: {error.message}. This is a defect of Limbo. The run itself was
          kept.
        </p>
        <Button onClick={() => this.setState({ error: null })}>Draw it again</Button>
      </div>
    );
  }
}
