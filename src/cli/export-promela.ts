/** `npm run export:promela`: a scenario in a design as a model for SPIN. */
import { writeFileSync } from 'node:fs';
import { promelaText } from '../explorer/promela.ts';
import { buildModel } from '../scenarios/build.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { say } from './say.ts';
import { type Outcome, readOptions, runTool, single } from './usage.ts';

const USAGE =
  'Usage: npm run export:promela -- --design D --scenario S [--set choice=value ...] [--out FILE]';

function main(argv: readonly string[]): Outcome {
  const options = readOptions(argv, { values: ['design', 'scenario', 'set', 'out'], flags: [] });
  const scenario = chooseScenario(single(options, 'scenario', null));
  const settings = options.values.get('set') ?? [];
  const { version, design } = chooseDesign(single(options, 'design', null), settings);
  const { text } = promelaText(buildModel(scenario, design).model);
  const title = `/* ${scenario.id} in ${[version, ...settings].join(' ')}: spin -a FILE; gcc -O2 -DSAFETY -DNOREDUCE -DVECTORSZ=4096 -o pan pan.c; ./pan -E -m1000000 */`;
  const whole = `${title}\n${text}`;
  const out = single(options, 'out', '');
  if (out === '') return { text: whole, exitCode: 0 };
  writeFileSync(out, whole);
  say(`Written to ${out}.`);
  return { text: '', exitCode: 0 };
}

await runTool(USAGE, main);
