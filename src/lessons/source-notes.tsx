import { BIBLIOGRAPHY, type SourceId } from './bibliography.ts';

/** Small notes below a statement: where it comes from. */
export function SourceNotes({ sources }: { readonly sources: readonly SourceId[] }) {
  if (sources.length === 0) return null;
  return (
    <ul className="source-notes" aria-label="Sources">
      {sources.map((id) => (
        <li key={id}>{BIBLIOGRAPHY[id]}</li>
      ))}
    </ul>
  );
}
