/** One parameter of a report: where its value comes from is part of what the report says. */
export interface Assumption {
  readonly what: string;
  /** With its unit. */
  readonly value: string;
  /** `published`: somebody measured or specified it; `ours`: chosen here. */
  readonly origin: 'published' | 'ours';
  /** Who published it, or why it was chosen. */
  readonly source: string;
}
