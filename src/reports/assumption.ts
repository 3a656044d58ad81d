/** One parameter of a report: where its value comes from is part of what the report says. */
export interface Assumption {
  readonly what: string;
  /** With its unit. */
  readonly value: string;
  /**
   * `published`: somebody measured or specified it; `recalled`: the same, but set down from memory and not
   * checked against the text; `ours`: chosen here.
   */
  readonly origin: 'published' | 'recalled' | 'ours';
  /** Who published it, or why it was chosen. */
  readonly source: string;
}
