const PATHS = {
  start: 'M3 3h2v10H3zM13 3v10L6 8z',
  back: 'M11.5 3v10L4 8z',
  lineBack: 'M8 3v10L2 8zM14 3v10L8 8z',
  line: 'M2 3l6 5-6 5zM8 3l6 5-6 5z',
  step: 'M3 3l7 5-7 5zM11 3h2v10h-2z',
  play: 'M4 2.5l9 5.5-9 5.5z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  end: 'M2 3l5 5-5 5zM7 3l5 5-5 5zM12 3h2v10h-2z',
  close: 'M3.5 4.6l1.1-1.1L8 6.9l3.4-3.4 1.1 1.1L9.1 8l3.4 3.4-1.1 1.1L8 9.1l-3.4 3.4-1.1-1.1L6.9 8z',
  down: 'M3 5.5h10L8 11z',
  check: 'M6.3 12.4L2.2 8.3l1.2-1.2 2.9 2.9 6.3-6.3 1.2 1.2z',
  violation: 'M8 1l7.5 13.5H.5zM7.2 6v4h1.6V6zM7.2 11.2v1.6h1.6v-1.6z',
} as const;

export type IconName = keyof typeof PATHS;

/** A pictogram that only repeats what the words beside it or the label around it say. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fillRule="evenodd" />
    </svg>
  );
}
