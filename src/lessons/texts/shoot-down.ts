import { type Lesson, runOf } from '../lesson.ts';
import { inTlb, yesNo } from '../seen.ts';

export const SHOOT_DOWN: Lesson = {
  id: 'shoot-down',
  title: 'TLB shoot-down',
  minutes: 4,
  about: 'Other CPUs have caches of their own. They must be asked to forget.',
  source: runOf('two-dirty', '2008-05-09'),
  steps: [
    {
      text: [
        'CPU0 has va0 in its TLB. CPU1 moves the PTE table and wants all CPUs to forget the old one. It cannot reach into CPU0. It sends an interrupt, an IPI.',
      ],
      predict: {
        ask: 'The IPI has been sent. Is va0 still in the TLB of CPU0?',
        options: [
          { id: 'yes', text: 'Yes', why: 'To send is not to act: CPU0 flushes when it takes the interrupt.' },
          { id: 'no', text: 'No', why: 'Nothing has happened on CPU0 yet.' },
        ],
        truth: (seen) => yesNo(inTlb(seen, 0, 0)),
      },
      todo: ['Press 1 until CPU0 has written to va0.', 'Press 2 until CPU1 has sent the IPI.'],
      goal: { kind: 'step', actor: 'cpu1', label: /^send IPI/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^send IPI/],
      ],
      sources: ['sdm-4.10.5', 'linux-smp'],
    },
    {
      text: ['CPU1 now waits. Only the acknowledgement tells it that CPU0 has forgotten.'],
      predict: {
        ask: 'After the acknowledgement, is va0 still in the TLB of CPU0?',
        options: [
          { id: 'yes', text: 'Yes', why: 'The handler flushes before it acknowledges.' },
          { id: 'no', text: 'No', why: 'The handler loads CR3 again, which drops every entry.' },
        ],
        truth: (seen) => yesNo(inTlb(seen, 0, 0)),
      },
      todo: ['Press 3 twice: the handler flushes, then acknowledges.'],
      goal: { kind: 'step', actor: 'ipi0', label: /^acknowledge/ },
      play: [['ipi0', /^acknowledge/]],
      sources: ['sdm-4.10.4', 'linux-smp'],
    },
  ],
};
