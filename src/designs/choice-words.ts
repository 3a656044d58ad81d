import { CHOICES } from './choices.ts';

const KNOWN: Readonly<
  Record<string, { readonly about: string; readonly values: Readonly<Record<string, string>> }>
> = CHOICES;

/** A setting of a design (`irqs=on`) in words: what is chosen, and how. Unknown ones stay as they are. */
export function settingInWords(setting: string): string {
  const [choice = '', value = ''] = setting.split('=');
  return `${KNOWN[choice]?.about ?? choice}: ${KNOWN[choice]?.values[value] ?? value}`;
}
