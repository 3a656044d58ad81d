/** `npm run bench`: speed of the engine and of the page, on this machine, now. Nothing is asserted. */
import { benchBrowser } from './browser.ts';
import { benchNode } from './node.ts';
import { serve } from './serve.ts';

const node = benchNode();
const { address, stop } = await serve();
const page = await benchBrowser(address).finally(stop);
const nodeTree = node.engine[0]?.stepsPerSecond ?? NaN;
const workerToNode = Math.round((page.workerSteps / nodeTree) * 100) / 100;
console.log(JSON.stringify({ node, page, ratios: { workerToNode } }, null, 2));
