import { inWords } from '../../../reports/chart.ts';
import {
  CACHE_SIZES,
  IN_FLIGHT,
  type NumaParams,
  PATTERNS,
  REMOTE_LOADS,
  TLB_SIZES,
  WALK_CACHES,
  WORKING_SETS,
} from '../../../reports/numa/params.ts';
import { SelectField } from '../select-field.tsx';

interface NumaControlsProps {
  readonly params: NumaParams;
  readonly change: (changed: Partial<NumaParams>) => void;
}

const LOCAL_CYCLES = [140, 200, 280];
const REMOTE_CYCLES = [280, 400, 580, 900];

/** The process, and the machine that it runs on. */
export function NumaControls({ params, change }: NumaControlsProps) {
  const numbers = (key: NumberKey, { label, values, text = String }: NumberField) => (
    <SelectField
      label={label}
      value={String(params[key])}
      options={values.map((value) => ({ value: String(value), text: text(value) }))}
      choose={(value) => change({ [key]: Number(value) })}
    />
  );
  const bytes = (value: number): string => inWords('bytes', value);
  return (
    <div className="report-controls">
      {numbers('workingSetBytes', { label: 'Working set', values: WORKING_SETS, text: bytes })}
      <SelectField
        label="Accesses"
        value={params.pattern}
        options={PATTERNS.map((pattern) => ({ value: pattern, text: pattern }))}
        choose={(value) => change({ pattern: PATTERNS.find((known) => known === value) ?? params.pattern })}
      />
      {numbers('inFlight', { label: 'Accesses at once', values: IN_FLIGHT })}
      {numbers('secondTlb', { label: 'TLB entries', values: TLB_SIZES })}
      {numbers('walkCache', { label: 'PDE cache entries', values: WALK_CACHES })}
      {numbers('cacheBytes', { label: 'Last-level cache', values: CACHE_SIZES, text: bytes })}
      {numbers('localCycles', { label: 'Local latency, cycles', values: LOCAL_CYCLES })}
      {numbers('remoteCycles', { label: 'Remote latency, cycles', values: REMOTE_CYCLES })}
      {numbers('remoteLoad', { label: 'Latency grows with load, times', values: REMOTE_LOADS })}
    </div>
  );
}

type NumberKey = Exclude<keyof NumaParams, 'pattern'>;

interface NumberField {
  readonly label: string;
  readonly values: readonly number[];
  readonly text?: (value: number) => string;
}
