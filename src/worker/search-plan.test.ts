import { expect, it } from 'vitest';
import { planWorkers } from './search-plan.ts';

const facts = { isolated: true, cores: 4, kept: false };

it('takes a worker for each core of an isolated page, and no more than the tables are made for', () => {
  expect(planWorkers(facts)).toEqual({ workers: 4, why: '' });
  expect(planWorkers({ ...facts, cores: 64 }).workers).toBe(16);
});

it('falls back to one worker and says why', () => {
  expect(planWorkers({ ...facts, cores: 1 })).toEqual({ workers: 1, why: 'the browser tells of one core' });
  const notIsolated = planWorkers({ ...facts, isolated: false });
  expect(notIsolated.workers).toBe(1);
  expect(notIsolated.why).toContain('COOP and COEP');
  expect(planWorkers({ ...facts, isolated: false, kept: true }).why).toContain('when it is loaded again');
});
