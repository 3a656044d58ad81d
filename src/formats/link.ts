import { parsePick, pickText } from './pick.ts';
import { checkedDocument, checkedOverrides, refused, type RunDocument, tooNew } from './run-document.ts';
import { packSchedule, unpackSchedule } from './schedule-text.ts';

/** The form of the links written now; raised whenever an old page could misread a new link. */
export const LINK_VERSION = 1;
const WHERE = 'This link';

/**
 * A moment as the part of an address after `#`, which browsers keep to themselves:
 * `v=1&scenario=tree&design=2008-05-09&set=nodeTest:pointee&run=31-27a3bi.1&at=12&pick=frame.17`.
 */
export function linkText({ scenario, version, overrides, schedule, cursor, selection }: RunDocument): string {
  const parts: [string, string][] = [
    ['v', String(LINK_VERSION)],
    ['scenario', scenario],
    ['design', version],
  ];
  const settings = Object.entries(overrides).map(([choice, value]) => `${choice}:${value}`);
  if (settings.length > 0) parts.push(['set', settings.join(',')]);
  if (schedule.length > 0) parts.push(['run', packSchedule(schedule)], ['at', String(cursor)]);
  if (selection !== null) parts.push(['pick', pickText(selection)]);
  return parts
    .map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2C', ',')}`,
    )
    .join('&');
}

/** The moment that a link is about; null when the text is no link of ours. Throws a FileError when it makes no sense. */
export function parseLink(text: string): RunDocument | null {
  const parts = partsOf(text.replace(/^#/, ''));
  const form = parts.get('v');
  if (form === undefined || !parts.has('scenario')) return null;
  if (!/^\d{1,6}$/.test(form)) throw refused(WHERE, `has the form "${form}"`);
  if (Number(form) > LINK_VERSION) throw tooNew(WHERE, Number(form), LINK_VERSION);
  const schedule = unpackSchedule(parts.get('run') ?? '0-');
  const at = parts.get('at') ?? '0';
  return checkedDocument(WHERE, {
    scenario: parts.get('scenario') ?? '',
    version: parts.get('design') ?? '',
    overrides: checkedOverrides(WHERE, settingsOf(parts.get('set') ?? '')),
    schedule,
    cursor: /^\d{1,9}$/.test(at) ? Number(at) : NaN,
    selection: parsePick(parts.get('pick') ?? ''),
  });
}

function partsOf(text: string): ReadonlyMap<string, string> {
  const pairs = text.split('&').map((part): [string, string] => {
    const equals = part.indexOf('=');
    return equals < 0 ? [part, ''] : [part.slice(0, equals), decoded(part.slice(equals + 1))];
  });
  return new Map(pairs);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused(WHERE, 'has lost some of its characters');
  }
}

function settingsOf(text: string): readonly (readonly [string, string])[] {
  if (text === '') return [];
  return text.split(',').map((setting) => {
    const [choice = '', value = ''] = setting.split(':');
    return [choice, value];
  });
}
