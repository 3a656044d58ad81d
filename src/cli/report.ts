/** `npm run report -- NAME [--json]`: what relocation costs and gains, the same figures as on the page. */
import { costCommand } from './report-cost.ts';
import { fastpathCommand } from './report-fastpath.ts';
import { machineCommand } from './report-machine.ts';
import { defragCommand, hotremoveCommand } from './report-memory.ts';
import { numaCommand } from './report-numa.ts';
import type { ReportCommand } from './report-command.ts';
import { UsageError } from './say.ts';
import { type Outcome, runTool } from './usage.ts';

/** Every report, by the name that is asked for. */
const COMMANDS: Readonly<Record<string, ReportCommand>> = {
  cost: costCommand,
  numa: numaCommand,
  fastpath: fastpathCommand,
  hotremove: hotremoveCommand,
  defrag: defragCommand,
  machine: machineCommand,
};

const USAGE = [
  'Usage: npm run report -- NAME [--json] [options of the report]',
  ...Object.entries(COMMANDS).map(([name, { about, usage }]) => `  ${name} ${usage}\n    ${about}`),
].join('\n');

function main([name = '', ...rest]: readonly string[]): Outcome | Promise<Outcome> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command.run(rest);
  const known = Object.keys(COMMANDS).join(', ');
  throw new UsageError(name === '' ? 'Which report?' : `There is no report "${name}". There are: ${known}.`);
}

await runTool(USAGE, main);
