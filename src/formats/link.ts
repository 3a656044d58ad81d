import { parsePick, pickText } from './pick.ts';
import { refused, tooNew } from './refusals.ts';
import { checkedDocument, checkedOverrides, type RunDocument } from './run-document.ts';
import { CUSTOM_ID, type ScenarioRef } from './scenario-document.ts';
import { packScenario, unpackScenario } from './scenario-file.ts';
import { packSchedule, unpackSchedule } from './schedule-text.ts';

type Parts = ReadonlyMap<string, string>;

/** Form 1 knew no scenarios of one's own: a `world` in it was never ours. */
const fromOne = (parts: Parts): Parts => new Map([...parts].filter(([name]) => name !== 'world'));

/** From each form of a link to the next; one is added whenever an old page could misread a new link. */
const UPGRADERS: readonly ((old: Parts) => Parts)[] = [fromOne];
/** The form of the links written now. */
export const LINK_VERSION = UPGRADERS.length + 1;
const WHERE = 'This link';

/**
 * A moment as the part of an address after `#`, which browsers keep to themselves:
 * `v=2&scenario=tree&design=2008-05-09&set=nodeTest:pointee&run=31-27a3bi.1&at=12&pick=frame.17`. A scenario of one's own
 * is `scenario=custom&world=`, packed.
 */
export function linkText({ scenario, version, overrides, schedule, cursor, selection }: RunDocument): string {
  const parts: [string, string][] = [
    ['v', String(LINK_VERSION)],
    ...scenarioParts(scenario),
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

function scenarioParts(scenario: ScenarioRef): [string, string][] {
  if (typeof scenario === 'string') return [['scenario', scenario]];
  return [
    ['scenario', CUSTOM_ID],
    ['world', packScenario(scenario)],
  ];
}

/** The moment that a link is about; null when the text is no link of ours. Throws a FileError when it makes no sense. */
export function parseLink(text: string): RunDocument | null {
  const said = partsOf(text.replace(/^#/, ''));
  const form = said.get('v');
  if (form === undefined || !said.has('scenario')) return null;
  if (!/^[1-9]\d{0,5}$/.test(form)) throw refused(WHERE, `has the form "${form}"`);
  if (Number(form) > LINK_VERSION) throw tooNew(WHERE, Number(form), LINK_VERSION);
  const parts = UPGRADERS.slice(Number(form) - 1).reduce((old, upgrade) => upgrade(old), said);
  const world = parts.get('world');
  const schedule = unpackSchedule(parts.get('run') ?? '0-');
  const at = parts.get('at') ?? '0';
  if (!/^\d{1,9}$/.test(at)) throw refused(WHERE, `points at step "${at}"`);
  return checkedDocument(WHERE, {
    scenario: world === undefined ? (parts.get('scenario') ?? '') : unpackScenario(world),
    version: parts.get('design') ?? '',
    overrides: checkedOverrides(WHERE, settingsOf(parts.get('set') ?? '')),
    schedule,
    cursor: Number(at),
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
